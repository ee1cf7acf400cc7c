package io.portcullis.kube.read.validation;

import io.portcullis.net.Labels;
import io.portcullis.net.Requirement;
import io.portcullis.net.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Label selectors. Source: meta/v1 LabelSelector. */
final class Selectors {
  private Selectors() {}

  /** Checks a selector; gives it where it is right and there. */
  static Optional<Selector> check(Field selector) {
    int before = selector.problems().size();
    Field matchLabels = selector.at("matchLabels");
    Metadata.labels(matchLabels);
    List<Requirement> requirements = new ArrayList<>();
    for (Field expression : selector.at("matchExpressions").items()) {
      requirement(expression).ifPresent(requirements::add);
    }
    return selector.isPresent() && selector.problems().size() == before
        ? Optional.of(Selector.of(Labels.of(map(matchLabels)), requirements))
        : Optional.empty();
  }

  /** A map of strings as it stands; what is no string reads as empty. */
  static Map<String, String> map(Field field) {
    Map<String, String> map = new TreeMap<>();
    field.entries().forEach(entry -> map.put(entry.key(), entry.text()));
    return map;
  }

  private static Optional<Requirement> requirement(Field expression) {
    Field key = expression.at("key");
    Field operator = expression.at("operator");
    List<Field> values = expression.at("values").items();
    key.invalid(Formats.labelKey(key.text()));
    values.forEach(value -> value.invalid(Formats.labelValue(value.text())));
    List<String> texts = values.stream().map(Field::text).toList();
    return switch (operator.text()) {
      case "In", "NotIn" -> {
        if (texts.isEmpty()) {
          expression.at("values").required("must be specified when `operator` is 'In' or 'NotIn'");
          yield Optional.empty();
        }
        yield Optional.of(
            operator.text().equals("In")
                ? new Requirement.In(key.text(), texts)
                : new Requirement.NotIn(key.text(), texts));
      }
      case "Exists", "DoesNotExist" -> {
        if (!texts.isEmpty()) {
          expression
              .at("values")
              .forbidden("may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
        yield Optional.of(
            operator.text().equals("Exists")
                ? new Requirement.Exists(key.text())
                : new Requirement.DoesNotExist(key.text()));
      }
      default -> {
        operator.invalid("not a valid selector operator");
        yield Optional.empty();
      }
    };
  }
}
