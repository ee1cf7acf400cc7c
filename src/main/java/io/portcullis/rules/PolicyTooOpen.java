package io.portcullis.rules;

import io.portcullis.finding.Finding;
import io.portcullis.finding.Mode;
import io.portcullis.finding.Operation;
import io.portcullis.kube.Kind;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.reach.Clause;
import io.portcullis.reach.PeerMatcher;
import io.portcullis.reach.Reach;
import io.portcullis.settings.Settings;
import io.portcullis.settings.Tiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A NetworkPolicy that lets everybody in to a tier that is not exposed. Where {@link TierFlow}
 * speaks of it, this does not. Says nothing where no tier is declared.
 */
public final class PolicyTooOpen implements Rule {
  private static final String ID = "policy-too-open";

  private static final RuleInfo INFO =
      new RuleInfo(
          ID,
          "A NetworkPolicy lets everybody in only to tiers that are exposed",
          Set.of(Kind.NETWORK_POLICY),
          Set.of(Operation.CREATE, Operation.UPDATE),
          RuleInfo.View.OTHER_OBJECTS);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> judge(Question question) {
    return question.settings().tiers().declared()
            && question.change().object().orElse(null) instanceof NetworkPolicy policy
            && policy.policyTypes().contains(Direction.INGRESS)
        ? judge(policy, question)
        : List.of();
  }

  private static List<Finding> judge(NetworkPolicy policy, Question question) {
    List<Clause> open =
        Reach.allows(policy, Direction.INGRESS).stream().filter(PolicyTooOpen::isOpen).toList();
    if (open.isEmpty()) {
      return List.of();
    }
    Tiers tiers = question.settings().tiers();
    List<OpenedFlows.Opened> told = told(policy, question);
    List<Finding> findings = new ArrayList<>();
    for (TieredPods.Part part :
        new TieredPods(tiers, question).in(List.of(policy.namespace()), policy.podSelector())) {
      if (!tiers.exposed().contains(part.tier())) {
        open.stream()
            .filter(clause -> told.stream().noneMatch(flow -> isSame(flow, clause, part)))
            .forEach(clause -> findings.add(finding(clause, part, question)));
      }
    }
    return findings;
  }

  /** Everybody, or all addresses of a family without exception. */
  private static boolean isOpen(Clause clause) {
    return switch (clause.matcher()) {
      case PeerMatcher.Everybody _ -> true;
      case PeerMatcher.Addresses addresses ->
          addresses.except().isEmpty()
              && addresses.ranges().stream().anyMatch(OpenedFlows.EVERYWHERE::contains);
      case PeerMatcher.Nobody _, PeerMatcher.PodsHere _, PeerMatcher.PodsOf _ -> false;
    };
  }

  /** What the other rule says. */
  private static List<OpenedFlows.Opened> told(NetworkPolicy policy, Question question) {
    Settings settings = question.settings();
    String namespace = policy.namespace();
    Mode mode =
        settings.modeOf(TierFlow.ID, namespace, question.after().namespaceLabels(namespace));
    return mode == Mode.OFF ? List.of() : OpenedFlows.by(policy, question);
  }

  private static boolean isSame(OpenedFlows.Opened flow, Clause clause, TieredPods.Part part) {
    return flow.path().equals(clause.path())
        && flow.from().equals(Tiers.WORLD)
        && flow.to().equals(part.tier());
  }

  private static Finding finding(Clause clause, TieredPods.Part part, Question question) {
    return Finding.violation(
            ID,
            question.ref(),
            clause.path(),
            "lets everybody in to tier %s on %s, and the tier is not exposed."
                .formatted(part.tier(), part.portsOf(clause)))
        .fix("name the peers, or add %s to tiers.exposed in the settings.".formatted(part.tier()))
        .about("everybody -> " + part.tier())
        .restsOn(part.evidence());
  }
}
