package io.portcullis.rules;

import io.portcullis.finding.Operation;
import io.portcullis.kube.Kind;
import java.util.Set;

/**
 * The facts about a rule.
 *
 * @param id kebab-case, for ever the same
 * @param summary one line without a full stop
 * @param view whether it looks at other objects than the one that changes; such rules are not asked
 *     about pods that a known workload makes
 */
public record RuleInfo(
    String id, String summary, Set<Kind> kinds, Set<Operation> operations, View view) {
  /** How far a rule looks. */
  public enum View {
    THE_OBJECT,
    OTHER_OBJECTS
  }

  public RuleInfo {
    kinds = Set.copyOf(kinds);
    operations = Set.copyOf(operations);
  }
}
