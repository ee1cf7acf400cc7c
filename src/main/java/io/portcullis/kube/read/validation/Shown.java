package io.portcullis.kube.read.validation;

import io.portcullis.kube.read.JsonScalars;
import io.portcullis.kube.read.Node;
import io.portcullis.kube.read.Node.Scalar;
import java.util.Comparator;
import java.util.stream.Collectors;

/** Values as the API server writes them into its messages: JSON with sorted keys. */
final class Shown {
  private Shown() {}

  static String of(Node node) {
    return switch (node) {
      case Scalar scalar ->
          scalar.type() == Scalar.Type.STRING ? quoted(scalar.text()) : JsonScalars.text(scalar);
      case Node.Sequence list ->
          list.items().stream().map(Shown::of).collect(Collectors.joining(",", "[", "]"));
      case Node.Mapping map ->
          map.entries().stream()
              .sorted(Comparator.comparing(Node.Entry::key))
              .map(entry -> quoted(entry.key()) + ":" + of(entry.value()))
              .collect(Collectors.joining(",", "{", "}"));
    };
  }

  /** The value with the name of what it is: {@code the number 1.0}. */
  static String withType(Node node) {
    return switch (node) {
      case Node.Sequence _ -> "a list";
      case Node.Mapping _ -> "a map";
      case Scalar scalar ->
          switch (scalar.type()) {
            case STRING -> "the string " + quoted(scalar.text());
            case INTEGER, FLOAT ->
                "the number %s: put it in quotes if it is meant as text".formatted(scalar.text());
            case BOOLEAN ->
                "the boolean %s: put it in quotes if it is meant as text".formatted(scalar.text());
            case NULL -> "null";
          };
    };
  }

  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(c -> {
          if (c == '"' || c == '\\') {
            quoted.append('\\').appendCodePoint(c);
          } else if (c < ' ' || c == 0x7f) {
            quoted.append("\\x%02x".formatted(c));
          } else {
            quoted.appendCodePoint(c);
          }
        });
    return quoted.append('"').toString();
  }
}
