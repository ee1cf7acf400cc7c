package io.portcullis.kube.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.PortRef;
import io.portcullis.net.Labels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Walks a JSON value token by token, keeps track of where it is, and collects what is not of the
 * type that is wanted. A field that nobody takes is skipped without being held. {@code null} is the
 * same as absent, as it is to the API server.
 *
 * <p>Broken JSON comes out as {@link UncheckedIOException}, to be unwrapped by the reader that
 * began the walk.
 */
final class JsonCursor {
  private final JsonParser parser;
  private final List<Object> steps = new ArrayList<>();
  private final List<ReadProblem> problems = new ArrayList<>();

  JsonCursor(JsonParser parser) {
    this.parser = parser;
  }

  List<ReadProblem> problems() {
    return problems;
  }

  /** Gives each field of the object here to the handler, which takes the value or leaves it. */
  void fields(Consumer<String> handler) {
    if (!isAt(JsonToken.START_OBJECT, "an object")) {
      return;
    }
    try {
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        steps.add(name);
        handler.accept(name);
        skipWhatIsLeft();
        steps.removeLast();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the handler at each element of the list here. */
  void items(Runnable handler) {
    if (!isAt(JsonToken.START_ARRAY, "a list")) {
      return;
    }
    try {
      int at = 0;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        steps.add(at++);
        handler.run();
        skipWhatIsLeft();
        steps.removeLast();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether {@code null} stands here. */
  boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  /** The text here. */
  Optional<String> text() {
    try {
      return isAt(JsonToken.VALUE_STRING, "a string")
          ? Optional.of(parser.getText())
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The whole number here, if it fits 32 bits. */
  Optional<Integer> integer() {
    if (!isAt(JsonToken.VALUE_NUMBER_INT, "a whole number")) {
      return Optional.empty();
    }
    try {
      if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
          && parser.getLongValue() == (int) parser.getLongValue()) {
        return Optional.of(parser.getIntValue());
      }
      problem("%s is too large".formatted(parser.getText()));
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether {@code true} stands here. */
  boolean flag() {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return token == JsonToken.VALUE_TRUE;
    }
    return isAt(JsonToken.VALUE_TRUE, "true or false");
  }

  /** The port here, by number or by name. */
  Optional<PortRef> portRef() {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
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
    JsonToken token = parser.currentToken();
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

  private void skipWhatIsLeft() throws IOException {
    if (parser.currentToken().isStructStart()) {
      parser.skipChildren();
    }
  }
}
