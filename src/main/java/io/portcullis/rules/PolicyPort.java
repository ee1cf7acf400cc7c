package io.portcullis.rules;

import io.portcullis.finding.Finding;
import io.portcullis.finding.Operation;
import io.portcullis.kube.Kind;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A NetworkPolicy that opens the port of a Service where the pods behind it listen on the
 * targetPort: policies are asked after the Service's port was translated. Source: "Network
 * Policies" in the Kubernetes documentation.
 */
public final class PolicyPort implements Rule {
  private static final String ID = "policy-port";

  private static final RuleInfo INFO =
      new RuleInfo(
          ID,
          "A NetworkPolicy opens ports of pods, not of the Service in front of them",
          Set.of(Kind.NETWORK_POLICY),
          Set.of(Operation.CREATE, Operation.UPDATE),
          RuleInfo.View.OTHER_OBJECTS);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> judge(Question question) {
    return question.change().object().orElse(null) instanceof NetworkPolicy policy
        ? judge(policy, question)
        : List.of();
  }

  private static List<Finding> judge(NetworkPolicy policy, Question question) {
    List<Finding> findings = new ArrayList<>();
    for (Direction direction : policy.policyTypes().stream().sorted().toList()) {
      for (int i = 0; i < policy.rules(direction).size(); i++) {
        for (UntranslatedPort port : UntranslatedPort.of(policy, direction, i, question)) {
          port.finding(ID).ifPresent(findings::add);
        }
      }
    }
    return findings;
  }
}
