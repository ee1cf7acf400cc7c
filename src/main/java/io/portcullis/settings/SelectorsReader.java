package io.portcullis.settings;

import io.portcullis.net.Label;
import io.portcullis.net.Labels;
import io.portcullis.net.Requirement;
import io.portcullis.net.Selector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads selectors, and the namespaces that they choose. An empty selector, everything to the API
 * server, is refused: in settings it is more often a value that got lost.
 */
final class SelectorsReader {
  private static final String FIX_VALUE =
      "use letters, digits, dashes, dots and underscores, at most 63.";

  private enum Operator {
    IN,
    NOT_IN,
    EXISTS,
    DOES_NOT_EXIST
  }

  private SelectorsReader() {}

  /** Which namespaces: by {@code names}, by labels, or by both. */
  static Optional<NamespaceMatch> namespaces(Value value) {
    return value.record(fields -> {
      boolean[] asks = {false};
      List<String> names =
          fields
              .get("names")
              .map(list -> {
                asks[0] = true;
                return names(list);
              })
              .orElse(List.of());
      Optional<Selector> selector = selector(fields, asks);
      if (!asks[0]) {
        fields.problem("no namespaces are named.", "add names, matchLabels or matchExpressions.");
        return Optional.empty();
      }
      return names.isEmpty() && selector.isEmpty()
          ? Optional.empty()
          : Optional.of(new NamespaceMatch(names, selector));
    });
  }

  private static List<String> names(Value list) {
    if (list.isEmptyList()) {
      list.problem("the list is empty.", "name a namespace, or leave the key out.");
    }
    return list.items(Names::namespace);
  }

  /** A LabelSelector. */
  static Optional<Selector> selector(Value value) {
    return value.record(fields -> {
      boolean[] asks = {false};
      Optional<Selector> selector = selector(fields, asks);
      if (!asks[0]) {
        fields.problem("the selector is empty.", "add matchLabels or matchExpressions.");
      }
      return selector;
    });
  }

  /**
   * The selector of two of the keys; empty where neither is there or both are wrong.
   *
   * @param asks set where one of them is there
   */
  private static Optional<Selector> selector(Fields fields, boolean[] asks) {
    Optional<Value> labels = fields.get("matchLabels");
    Optional<Value> expressions = fields.get("matchExpressions");
    asks[0] |= labels.isPresent() || expressions.isPresent();
    Labels matchLabels = labels.map(SelectorsReader::labels).orElse(Labels.EMPTY);
    List<Requirement> requirements =
        expressions.map(SelectorsReader::requirements).orElse(List.of());
    Selector selector = Selector.of(matchLabels, requirements);
    return selector.isEverything() ? Optional.empty() : Optional.of(selector);
  }

  private static Labels labels(Value value) {
    Map<String, String> labels = new LinkedHashMap<>();
    if (value.isEmptyMap()) {
      value.problem("the map is empty.", "add a label, or leave the key out.");
    }
    for (Value.Member member : value.members()) {
      label(member).ifPresent(label -> labels.put(label.key(), label.value()));
    }
    return Labels.of(labels);
  }

  private static Optional<Label> label(Value.Member member) {
    Optional<String> key = Names.labelKey(member.keyed());
    Optional<String> value = value(member.value());
    return key.flatMap(name -> value.map(some -> new Label(name, some)));
  }

  private static Optional<String> value(Value value) {
    Optional<String> text = value.anyText();
    Optional<String> valid = text.flatMap(Names::labelValue);
    if (text.isPresent() && valid.isEmpty()) {
      value.problem("\"%s\" is no label's value.".formatted(text.get()), FIX_VALUE);
    }
    return valid;
  }

  private static List<Requirement> requirements(Value list) {
    if (list.isEmptyList()) {
      list.problem("the list is empty.", "add an expression, or leave the key out.");
    }
    return list.items(SelectorsReader::requirement);
  }

  private static Optional<Requirement> requirement(Value value) {
    return value.record(fields -> {
      Optional<String> key = fields.need("key").flatMap(Names::labelKey);
      Optional<Operator> operator =
          fields.need("operator").flatMap(some -> some.oneOf("operator", operators()));
      Optional<Value> list = fields.get("values");
      List<String> values = list.map(some -> some.items(SelectorsReader::value)).orElse(List.of());
      return operator
          .filter(some -> fits(some, list, fields))
          .flatMap(some -> key.flatMap(name -> make(some, name, values)));
    });
  }

  private static boolean fits(Operator operator, Optional<Value> values, Fields fields) {
    boolean some = values.filter(list -> !list.isEmptyList()).isPresent();
    boolean wanted =
        switch (operator) {
          case IN, NOT_IN -> true;
          case EXISTS, DOES_NOT_EXIST -> false;
        };
    if (wanted && !some) {
      fields.problem("the operator needs values.", "add them: values: [...].");
    } else if (some && !wanted) {
      fields.problem("the operator takes no values.", "remove them, or use In or NotIn.");
    }
    return some == wanted;
  }

  private static Optional<Requirement> make(Operator operator, String key, List<String> values) {
    boolean none = values.isEmpty();
    return switch (operator) {
      case IN -> none ? Optional.empty() : Optional.of(new Requirement.In(key, values));
      case NOT_IN -> none ? Optional.empty() : Optional.of(new Requirement.NotIn(key, values));
      case EXISTS -> Optional.of(new Requirement.Exists(key));
      case DOES_NOT_EXIST -> Optional.of(new Requirement.DoesNotExist(key));
    };
  }

  private static Map<String, Operator> operators() {
    Map<String, Operator> operators = new LinkedHashMap<>();
    operators.put("In", Operator.IN);
    operators.put("NotIn", Operator.NOT_IN);
    operators.put("Exists", Operator.EXISTS);
    operators.put("DoesNotExist", Operator.DOES_NOT_EXIST);
    return operators;
  }
}
