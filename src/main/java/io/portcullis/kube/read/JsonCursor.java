package io.portcullis.kube.read;

import com.fasterxml.jackson.core.JsonToken;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.PortRef;
import io.portcullis.net.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Walks a JSON value, keeps track of where it is, and collects what is not of the type that is
 * wanted. A field that nobody takes is passed over. {@code null} is the same as absent, as it is to
 * the API server.
 */
abstract class JsonCursor {
  private final List<Object> steps = new ArrayList<>();
  private final List<ReadProblem> problems = new ArrayList<>();

  List<ReadProblem> problems() {
    return problems;
  }

  /** What stands here: the first token of it. */
  abstract JsonToken token();

  /** Goes to each field of the object here: {@link #enter}, the handler, {@link #leave}. */
  abstract void eachField(Consumer<String> handler);

  /** Goes to each element of the list here. */
  abstract void eachItem(Runnable handler);

  /** The text of the string here, or of the number. */
  abstract String string();

  /** The whole number here; empty where it needs more than 32 bits. */
  abstract Optional<Integer> number();

  /** One step down: to a field by its name, to an element by its number. */
  final void enter(Object step) {
    steps.add(step);
  }

  /** One step up. */
  final void leave() {
    steps.removeLast();
  }

  /** Gives each field of the object here to the handler, which takes the value or leaves it. */
  final void fields(Consumer<String> handler) {
    if (isAt(JsonToken.START_OBJECT, "an object")) {
      eachField(handler);
    }
  }

  /** Runs the handler at each element of the list here. */
  final void items(Runnable handler) {
    if (isAt(JsonToken.START_ARRAY, "a list")) {
      eachItem(handler);
    }
  }

  /** Whether {@code null} stands here. */
  boolean isNull() {
    return token() == JsonToken.VALUE_NULL;
  }

  /** The text here. */
  Optional<String> text() {
    return isAt(JsonToken.VALUE_STRING, "a string") ? Optional.of(string()) : Optional.empty();
  }

  /** The whole number here, if it fits 32 bits. */
  Optional<Integer> integer() {
    if (!isAt(JsonToken.VALUE_NUMBER_INT, "a whole number")) {
      return Optional.empty();
    }
    Optional<Integer> number = number();
    if (number.isEmpty()) {
      problem("%s is too large".formatted(string()));
    }
    return number;
  }

  /** Whether {@code true} stands here. */
  boolean flag() {
    JsonToken token = token();
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return token == JsonToken.VALUE_TRUE;
    }
    return isAt(JsonToken.VALUE_TRUE, "true or false");
  }

  /** The port here, by number or by name. */
  Optional<PortRef> portRef() {
    if (token() == JsonToken.VALUE_STRING) {
      return text().filter(name -> !name.isEmpty()).map(PortRef.ByName::new);
    }
    return integer().filter(port -> port != 0).map(PortRef.ByNumber::new);
  }

  /** The texts of the list here; others are passed over. */
  List<String> texts() {
    List<String> texts = new ArrayList<>();
    items(() -> text().ifPresent(texts::add));
    return texts;
  }

  /** The map here, from text to text. */
  Map<String, String> map(Predicate<String> wanted) {
    Map<String, String> map = new HashMap<>();
    fields(key -> {
      if (wanted.test(key)) {
        map.put(key, text().orElse(""));
      }
    });
    return map;
  }

  Labels labels() {
    return Labels.of(map(key -> true));
  }

  /** Reads the text here; what it can't be parsed as becomes a problem. */
  <T> Optional<T> parsed(Function<String, T> parse) {
    return text()
        .flatMap(text -> {
          try {
            return Optional.of(parse.apply(text));
          } catch (IllegalArgumentException e) {
            problem(String.valueOf(e.getMessage()));
            return Optional.empty();
          }
        });
  }

  /** Notes that the value here is wrong. */
  void problem(String message) {
    problems.add(new ReadProblem(path(), message));
  }

  FieldPath path() {
    FieldPath path = FieldPath.ROOT;
    for (Object step : steps) {
      path = step instanceof Integer index ? path.index(index) : path.field((String) step);
    }
    return path;
  }

  private boolean isAt(JsonToken wanted, String words) {
    JsonToken token = token();
    if (token == wanted) {
      return true;
    }
    if (token != JsonToken.VALUE_NULL) {
      problem("is %s, want %s".formatted(words(token), words));
    }
    return false;
  }

  private static String words(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT -> "a whole number";
      case VALUE_NUMBER_FLOAT -> "a number with a fraction";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, VALUE_NULL ->
          "nothing";
    };
  }
}
