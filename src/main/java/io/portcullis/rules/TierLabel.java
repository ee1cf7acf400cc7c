package io.portcullis.rules;

import io.portcullis.finding.Change;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Operation;
import io.portcullis.finding.PatchOp;
import io.portcullis.kube.Kind;
import io.portcullis.kube.Pod;
import io.portcullis.settings.Tiers;
import java.util.List;
import java.util.Set;

/**
 * Pods carry the label of their tier: it is added where it is missing, and one that is unknown,
 * contradicts the namespace's or is changed on a running pod is a mistake, or a way out of a
 * policy. Says nothing where no tier is declared.
 */
public final class TierLabel implements MutatingRule {
  static final String ID = "tier-label";

  private static final RuleInfo INFO =
      new RuleInfo(
          ID,
          "Pods carry the label of their tier",
          Set.of(
              Kind.POD,
              Kind.DEPLOYMENT,
              Kind.REPLICA_SET,
              Kind.STATEFUL_SET,
              Kind.DAEMON_SET,
              Kind.REPLICATION_CONTROLLER,
              Kind.JOB,
              Kind.CRON_JOB),
          Set.of(Operation.CREATE, Operation.UPDATE),
          RuleInfo.View.THE_OBJECT);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public boolean isQuick(Change change) {
    return true;
  }

  @Override
  public List<Finding> judge(Question question) {
    Tiers tiers = question.settings().tiers();
    return tiers.declared()
        ? question
            .change()
            .object()
            .map(object -> new TierCase(object, tiers, question).findings())
            .orElse(List.of())
        : List.of();
  }

  @Override
  public List<PatchOp> mutate(Question question) {
    Change change = question.change();
    Tiers tiers = question.settings().tiers();
    return tiers.declared()
            && change.operation() == Operation.CREATE
            && change.object().orElse(null) instanceof Pod pod
        ? new TierCase(pod, tiers, question).adding()
        : List.of();
  }
}
