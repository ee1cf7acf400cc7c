package io.portcullis.rules;

import io.portcullis.finding.Finding;
import io.portcullis.finding.Operation;
import io.portcullis.kube.Kind;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.reach.Clause;
import io.portcullis.reach.Reach;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A rule of a NetworkPolicy that opens one end of connections whose other end is closed: both must
 * be open. Asked only of all policies together: at the gate they come one by one, and the first of
 * a pair would always be one-sided.
 */
public final class PolicyOneSided implements Rule {
  private static final String ID = "policy-one-sided";

  private static final RuleInfo INFO =
      new RuleInfo(
          ID,
          "What a NetworkPolicy opens at one end is open at the other",
          Set.of(Kind.NETWORK_POLICY),
          Set.of(Operation.CREATE),
          RuleInfo.View.OTHER_OBJECTS);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> judge(Question question) {
    return question.occasion() == Question.Occasion.WHOLE
            && question.change().object().orElse(null) instanceof NetworkPolicy policy
        ? judge(policy, question)
        : List.of();
  }

  private static List<Finding> judge(NetworkPolicy policy, Question question) {
    List<End> own = End.selected(policy.namespace(), policy.podSelector(), question);
    List<Finding> findings = new ArrayList<>();
    for (Direction direction : policy.policyTypes().stream().sorted().toList()) {
      Map<Integer, List<Clause>> rules =
          Reach.allows(policy, direction).stream()
              .collect(
                  Collectors.groupingBy(Clause::rule, LinkedHashMap::new, Collectors.toList()));
      for (List<Clause> rule : rules.values()) {
        new OneSided(own, direction, rule, question).finding(ID).ifPresent(findings::add);
      }
    }
    return findings;
  }
}
