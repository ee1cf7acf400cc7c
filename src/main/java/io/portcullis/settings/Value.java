package io.portcullis.settings;

import io.portcullis.kube.FieldPath;
import io.portcullis.kube.read.Node;
import io.portcullis.kube.read.Node.Scalar;
import io.portcullis.kube.read.Position;
import io.portcullis.text.Nearest;
import io.portcullis.text.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A value of the settings that are being read. Asked for as a type that it is not, it notes a
 * problem and is empty, and the reading goes on: all problems of a text are told at once.
 *
 * <p>A map or a list without a value ({@code tiers:} with everything below it commented out) is
 * empty; a single value without one is a problem.
 */
final class Value {
  /** Some checks compare each element with each other. */
  private static final int MOST_ITEMS = 1000;

  private final Node node;
  private final FieldPath path;
  private final Problems problems;

  Value(Node node, FieldPath path, Problems problems) {
    this.node = node;
    this.path = path;
    this.problems = problems;
  }

  /** A value of a map whose keys are free. */
  record Member(String key, Value keyed, Value value) {}

  FieldPath path() {
    return path;
  }

  Position position() {
    return node.position();
  }

  void problem(String message, String fix) {
    problems.add(position(), path, message, fix);
  }

  boolean isMap() {
    return node instanceof Node.Mapping;
  }

  /** A single value as it is written; empty for others. */
  String shown() {
    return node instanceof Scalar scalar ? scalar.text() : "";
  }

  /** Whether this is a map without keys; one without a value is none too. */
  boolean isEmptyMap() {
    return isNull() || (node instanceof Node.Mapping mapping && mapping.entries().isEmpty());
  }

  /** Whether this is a list without elements; one without a value is none too. */
  boolean isEmptyList() {
    return isNull() || (node instanceof Node.Sequence list && list.items().isEmpty());
  }

  /** The record that the reader makes of a map with known keys; any other key is a problem. */
  <T> Optional<T> record(Function<Fields, Optional<T>> reader) {
    return mapping("a map of keys")
        .flatMap(mapping -> {
          Fields fields = new Fields(mapping, path, problems);
          Optional<T> made = reader.apply(fields);
          fields.noOthers();
          return made;
        });
  }

  /** The entries of a map whose keys are free. */
  List<Member> members() {
    List<Member> members = new ArrayList<>();
    mapping("a map")
        .ifPresent(mapping -> {
          for (Node.Entry entry : mapping.entries()) {
            FieldPath below = path.field(entry.key());
            Scalar key = new Scalar(entry.keyPosition(), entry.key(), Scalar.Type.STRING);
            members.add(
                new Member(
                    entry.key(),
                    new Value(key, below, problems),
                    new Value(entry.value(), below, problems)));
          }
        });
    return members;
  }

  private Optional<Node.Mapping> mapping(String wanted) {
    if (node instanceof Node.Mapping mapping) {
      return Optional.of(mapping);
    }
    if (isNull()) {
      return Optional.of(new Node.Mapping(position(), List.of()));
    }
    return unlike(wanted);
  }

  /** The elements of a list. */
  List<Value> items() {
    List<Value> items = new ArrayList<>();
    if (node instanceof Node.Sequence list) {
      if (list.items().size() > MOST_ITEMS) {
        problem(
            "the list has more than %d elements.".formatted(MOST_ITEMS),
            "write fewer, larger ones.");
        return List.of();
      }
      for (Node item : list.items()) {
        items.add(new Value(item, path.index(items.size()), problems));
      }
    } else if (!isNull()) {
      String fix = isText() ? "put it in brackets: [%s].".formatted(shown()) : "";
      problem("a list is wanted, this is %s.".formatted(name(node)), fix);
    }
    return items;
  }

  /** What the reader makes of each element; those that it makes nothing of are left out. */
  <T> List<T> items(Function<Value, Optional<T>> reader) {
    return items().stream().flatMap(item -> reader.apply(item).stream()).toList();
  }

  /** A text that is not empty. */
  Optional<String> text() {
    Optional<String> text = anyText();
    if (text.isPresent() && text.get().isBlank()) {
      problem("the text is empty.", "give it a value, or leave the key out.");
      return Optional.empty();
    }
    return text;
  }

  /** A text that may be empty. */
  Optional<String> anyText() {
    return scalar("a text")
        .flatMap(scalar -> {
          if (scalar.type() == Scalar.Type.STRING) {
            return Optional.of(scalar.text());
          }
          problem(
              "%s is %s, a text is wanted.".formatted(scalar.text(), name(scalar)),
              "put it in quotes: \"%s\".".formatted(scalar.text()));
          return Optional.empty();
        });
  }

  Optional<Boolean> flag() {
    Optional<Scalar> scalar = scalar("true or false");
    Optional<Boolean> flag =
        scalar
            .filter(some -> some.type() == Scalar.Type.BOOLEAN)
            .filter(some -> List.of("true", "false").contains(some.text()))
            .map(some -> some.text().equals("true"));
    if (scalar.isPresent() && flag.isEmpty()) {
      problem(
          "\"%s\" is neither true nor false.".formatted(scalar.get().text()),
          "write true or false, without quotes.");
    }
    return flag;
  }

  /** A whole number from the least to the most, both included. */
  Optional<Integer> whole(int least, int most) {
    Optional<Scalar> scalar = scalar("a number");
    Optional<Integer> number =
        scalar
            .filter(some -> some.type() == Scalar.Type.INTEGER)
            .filter(some -> some.text().matches("[0-9]{1,9}"))
            .map(some -> Integer.parseInt(some.text()))
            .filter(some -> some >= least && some <= most);
    if (scalar.isPresent() && number.isEmpty()) {
      problem(
          "\"%s\" is no number from %d to %d.".formatted(scalar.get().text(), least, most),
          "write a whole number in digits, without quotes.");
    }
    return number;
  }

  /** One of the words that the enum's constants are, in small letters. */
  <E extends Enum<E>> Optional<E> oneOf(String what, Class<E> constants) {
    Map<String, E> known = new LinkedHashMap<>();
    for (E constant : constants.getEnumConstants()) {
      known.put(constant.name().toLowerCase(Locale.ROOT), constant);
    }
    return oneOf(what, known);
  }

  /**
   * One of some words.
   *
   * @param what what they are called: {@code mode}
   * @param known the words in the order in which people are told of them
   */
  <T> Optional<T> oneOf(String what, Map<String, T> known) {
    Optional<Scalar> scalar = scalar("one of " + Words.or(List.copyOf(known.keySet())));
    Optional<T> found =
        scalar.map(Scalar::text).flatMap(text -> Optional.ofNullable(known.get(text)));
    if (scalar.isPresent() && found.isEmpty()) {
      notOneOf(scalar.get(), what, known);
    }
    return found;
  }

  private void notOneOf(Scalar scalar, String what, Map<String, ?> known) {
    String text = scalar.text();
    // YAML 1.1 reads off as false, so some tool may have written false for it.
    boolean isOff = known.containsKey("off") && List.of("false", "no").contains(text);
    List<String> words = List.copyOf(known.keySet());
    unknown(
        "\"%s\" is no %s".formatted(text, what),
        isOff ? Optional.of("off") : Nearest.ofFew(text, words),
        "write one of %s.".formatted(Words.or(words)));
  }

  /** Notes a name that is not known, and which one it may have meant. */
  void unknown(String sentence, Optional<String> near, String otherwise) {
    problem(
        sentence + near.map(": did you mean \"%s\"?"::formatted).orElse("."),
        near.map("write %s."::formatted).orElse(otherwise));
  }

  /**
   * What the parser makes of a text.
   *
   * @param what what it has to be: {@code address}
   * @param fix how to write one
   */
  <T> Optional<T> parsed(Function<String, Optional<T>> parser, String what, String fix) {
    boolean quotesWouldNotDo = isNumberOrFlag() && parser.apply(shown()).isEmpty();
    Optional<String> text = quotesWouldNotDo ? Optional.of(shown()) : text();
    Optional<T> made = text.flatMap(parser);
    if (text.isPresent() && made.isEmpty()) {
      problem("\"%s\" is no %s.".formatted(shown(), what), fix);
    }
    return made;
  }

  private Optional<Scalar> scalar(String wanted) {
    if (isNull()) {
      problem("there is no value.", "give it one, or leave the key out.");
      return Optional.empty();
    }
    return node instanceof Scalar scalar ? Optional.of(scalar) : unlike(wanted);
  }

  private <T> Optional<T> unlike(String wanted) {
    problem("%s is wanted, this is %s.".formatted(wanted, name(node)), "");
    return Optional.empty();
  }

  private boolean isText() {
    return node instanceof Scalar scalar && scalar.type() == Scalar.Type.STRING;
  }

  private boolean isNumberOrFlag() {
    return node instanceof Scalar scalar
        && scalar.type() != Scalar.Type.STRING
        && scalar.type() != Scalar.Type.NULL;
  }

  private boolean isNull() {
    return node instanceof Scalar scalar && scalar.type() == Scalar.Type.NULL;
  }

  private static String name(Node node) {
    return switch (node) {
      case Node.Mapping mapping -> "a map";
      case Node.Sequence list -> "a list";
      case Scalar scalar ->
          switch (scalar.type()) {
            case STRING -> "a text";
            case INTEGER, FLOAT -> "a number";
            case BOOLEAN -> "a boolean";
            case NULL -> "nothing";
          };
    };
  }
}
