package io.portcullis.rules;

import io.portcullis.finding.PatchOp;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.net.Label;
import io.portcullis.net.Labels;
import io.portcullis.net.Requirement;
import io.portcullis.net.Selector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the parts of a NetworkPolicy stand, and how they are written. */
final class PolicyPaths {
  static final FieldPath POD_SELECTOR = FieldPath.of("spec", "podSelector");

  private PolicyPaths() {}

  /** The peers of a rule: {@code spec.ingress[0].from}. */
  static FieldPath peers(Direction direction, int rule) {
    return switch (direction) {
      case INGRESS -> FieldPath.of("spec", "ingress").index(rule).field("from");
      case EGRESS -> FieldPath.of("spec", "egress").index(rule).field("to");
    };
  }

  /**
   * The replacement of a whole selector: whether a pair of it was written under {@code matchLabels}
   * or {@code matchExpressions} is the same to the API server and not kept.
   */
  static List<PatchOp> replacement(FieldPath path, Selector selector) {
    Labels pairs = selector.requiredPairs();
    List<Map<String, Object>> expressions =
        selector.requirements().stream()
            .filter(requirement -> !isPair(requirement, pairs))
            .map(PolicyPaths::expression)
            .toList();
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("matchLabels", pairs.asMap());
    if (!expressions.isEmpty()) {
      value.put("matchExpressions", expressions);
    }
    return List.of(new PatchOp.Replace(path.pointer(), value));
  }

  private static boolean isPair(Requirement requirement, Labels pairs) {
    return requirement instanceof Requirement.In in
        && in.values().size() == 1
        && pairs.pairs().contains(new Label(in.key(), in.values().getFirst()));
  }

  private static Map<String, Object> expression(Requirement requirement) {
    return switch (requirement) {
      case Requirement.In in -> expression(in.key(), "In", in.values());
      case Requirement.NotIn not -> expression(not.key(), "NotIn", not.values());
      case Requirement.Exists exists -> expression(exists.key(), "Exists", List.of());
      case Requirement.DoesNotExist absent -> expression(absent.key(), "DoesNotExist", List.of());
    };
  }

  private static Map<String, Object> expression(String key, String operator, List<String> values) {
    Map<String, Object> expression = new LinkedHashMap<>();
    expression.put("key", key);
    expression.put("operator", operator);
    if (!values.isEmpty()) {
      expression.put("values", values);
    }
    return expression;
  }
}
