package io.portcullis.kube.read;

import io.portcullis.net.Labels;
import io.portcullis.net.Requirement;
import io.portcullis.net.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a LabelSelector. Source: meta/v1 LabelSelector. */
final class SelectorReader {
  private final JsonCursor cursor;
  private Labels matchLabels = Labels.EMPTY;
  private final List<Requirement> expressions = new ArrayList<>();

  private SelectorReader(JsonCursor cursor) {
    this.cursor = cursor;
  }

  /** The selector here; an expression that can't be read is left out and is a problem. */
  static Selector read(JsonCursor cursor) {
    SelectorReader reader = new SelectorReader(cursor);
    cursor.fields(field -> {
      switch (field) {
        case "matchLabels" -> reader.matchLabels = cursor.labels();
        case "matchExpressions" -> cursor.items(reader::expression);
        default -> {}
      }
    });
    return Selector.of(reader.matchLabels, reader.expressions);
  }

  /** The selector here; empty where something of it can't be read, which is no problem then. */
  static Optional<Selector> readable(JsonCursor cursor) {
    int before = cursor.problems().size();
    Selector selector = read(cursor);
    List<ReadProblem> fresh = cursor.problems().subList(before, cursor.problems().size());
    boolean sound = fresh.isEmpty();
    fresh.clear();
    return sound ? Optional.of(selector) : Optional.empty();
  }

  private void expression() {
    String[] texts = {"", ""};
    List<String> values = new ArrayList<>();
    cursor.fields(field -> {
      switch (field) {
        case "key" -> texts[0] = cursor.text().orElse("");
        case "operator" -> texts[1] = cursor.text().orElse("");
        case "values" -> values.addAll(cursor.texts());
        default -> {}
      }
    });
    requirement(texts[0], texts[1], values).ifPresent(expressions::add);
  }

  private Optional<Requirement> requirement(String key, String operator, List<String> values) {
    try {
      return switch (operator) {
        case "In" -> Optional.of(new Requirement.In(key, values));
        case "NotIn" -> Optional.of(new Requirement.NotIn(key, values));
        case "Exists" -> Optional.of(new Requirement.Exists(key));
        case "DoesNotExist" -> Optional.of(new Requirement.DoesNotExist(key));
        default -> {
          cursor.problem(
              "\"%s\" is no operator: want In, NotIn, Exists or DoesNotExist".formatted(operator));
          yield Optional.empty();
        }
      };
    } catch (IllegalArgumentException e) {
      cursor.problem(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
