package io.portcullis.kube.read.validation;

import io.portcullis.kube.FieldPath;
import io.portcullis.kube.read.JsonScalars;
import io.portcullis.kube.read.Node;
import io.portcullis.kube.read.Node.Scalar;
import io.portcullis.kube.read.ReadProblem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A field of the object that is being validated, there or not. Reading it as a type that it is not
 * is a problem of its own, told once; it then reads as if it were absent. {@code null} is absent,
 * as it is to the API server.
 */
final class Field {
  private final Optional<Field> parent;
  private final FieldPath.Segment segment;
  private final Optional<Node> node;
  private final Set<ReadProblem> problems;

  private Field(
      Optional<Field> parent,
      FieldPath.Segment segment,
      Optional<Node> node,
      Set<ReadProblem> problems) {
    this.parent = parent;
    this.segment = segment;
    this.node = node.isPresent() && isNull(node.get()) ? Optional.empty() : node;
    this.problems = problems;
  }

  /** The object as a whole. */
  static Field root(Node object) {
    return new Field(
        Optional.empty(),
        new FieldPath.Segment.Key(""),
        Optional.of(object),
        new LinkedHashSet<>());
  }

  /** What was found so far, in the order of finding, each once. */
  List<ReadProblem> problems() {
    return List.copyOf(problems);
  }

  /** The field of that name below this. */
  Field at(String name) {
    Optional<Node.Mapping> map = mapping();
    return child(
        new FieldPath.Segment.Key(name), map.isEmpty() ? Optional.empty() : map.get().get(name));
  }

  /** The field that names lead to, one below the other. */
  Field at(String first, String... more) {
    Field field = at(first);
    for (String name : more) {
      field = field.at(name);
    }
    return field;
  }

  /** The elements of this list; none where it is absent. */
  List<Field> items() {
    List<Field> items = new ArrayList<>();
    for (Node item : sequence()) {
      items.add(child(new FieldPath.Segment.Index(items.size()), Optional.of(item)));
    }
    return items;
  }

  /** The values of this map; none where it is absent. */
  List<Field> entries() {
    List<Field> entries = new ArrayList<>();
    Optional<Node.Mapping> map = mapping();
    if (map.isPresent()) {
      for (Node.Entry entry : map.get().entries()) {
        entries.add(child(new FieldPath.Segment.Key(entry.key()), Optional.of(entry.value())));
      }
    }
    return entries;
  }

  /** The key under which this stands in its map. */
  String key() {
    return switch (segment) {
      case FieldPath.Segment.Key key -> key.name();
      case FieldPath.Segment.Index index -> Integer.toString(index.at());
    };
  }

  boolean isPresent() {
    return node.isPresent();
  }

  /** The text of this string; empty where it is absent. */
  String text() {
    if (node.isEmpty()) {
      return "";
    }
    if (node.get() instanceof Scalar scalar && scalar.type() == Scalar.Type.STRING) {
      return scalar.text();
    }
    return wrongType("a string", "");
  }

  /** This number of 32 bits; 0 where it is absent. */
  int number() {
    if (node.isEmpty()) {
      return 0;
    }
    Optional<Integer> number =
        node.get() instanceof Scalar scalar ? JsonScalars.integer(scalar) : Optional.empty();
    return number.isPresent() ? number.get() : wrongType("an integer of 32 bits", 0);
  }

  /** Whether this is true; false where it is absent. */
  boolean isTrue() {
    if (node.isEmpty()) {
      return false;
    }
    Optional<Boolean> flag =
        node.get() instanceof Scalar scalar ? JsonScalars.flag(scalar) : Optional.empty();
    return flag.isPresent() ? flag.get() : wrongType("true or false", false);
  }

  /** Whether this is written as a string, in a field that takes integers too. */
  boolean isString() {
    return node.filter(some -> some instanceof Scalar scalar && scalar.type() == Scalar.Type.STRING)
        .isPresent();
  }

  /** The value as the API server shows it in its messages. */
  String shown() {
    return node.map(Shown::of).orElse("\"\"");
  }

  void invalid(String detail) {
    invalid(shown(), detail);
  }

  /** Says that the value is wrong, showing another than the field's own. */
  void invalid(String shown, String detail) {
    refuse("Invalid value: " + shown + ": " + detail);
  }

  /** Says each of these about the field's own value. */
  void invalid(List<String> details) {
    details.forEach(this::invalid);
  }

  void required(String detail) {
    refuse("Required value" + (detail.isEmpty() ? "" : ": " + detail));
  }

  void forbidden(String detail) {
    refuse("Forbidden: " + detail);
  }

  void duplicate(String shown) {
    refuse("Duplicate value: " + shown);
  }

  /** Says that the value is none of those that there are, in the order given. */
  void unsupported(String... supported) {
    List<String> quoted = new ArrayList<>();
    for (String each : supported) {
      quoted.add(Shown.quoted(each));
    }
    refuse(
        "Unsupported value: %s: supported values: %s"
            .formatted(shown(), String.join(", ", quoted)));
  }

  void refuse(String message) {
    problems.add(new ReadProblem(path(), message));
  }

  FieldPath path() {
    if (parent.isEmpty()) {
      return FieldPath.ROOT;
    }
    FieldPath above = parent.get().path();
    return switch (segment) {
      case FieldPath.Segment.Key key -> above.field(key.name());
      case FieldPath.Segment.Index index -> above.index(index.at());
    };
  }

  private Field child(FieldPath.Segment below, Optional<Node> value) {
    return new Field(Optional.of(this), below, value, problems);
  }

  private Optional<Node.Mapping> mapping() {
    if (node.isEmpty()) {
      return Optional.empty();
    }
    return node.get() instanceof Node.Mapping map
        ? Optional.of(map)
        : wrongType("a map", Optional.empty());
  }

  private List<Node> sequence() {
    if (node.isEmpty()) {
      return List.of();
    }
    return node.get() instanceof Node.Sequence list ? list.items() : wrongType("a list", List.of());
  }

  private <T> T wrongType(String wanted, T instead) {
    refuse("want %s, found %s".formatted(wanted, Shown.withType(node.orElseThrow())));
    return instead;
  }

  private static boolean isNull(Node node) {
    return node instanceof Scalar scalar && scalar.type() == Scalar.Type.NULL;
  }
}
