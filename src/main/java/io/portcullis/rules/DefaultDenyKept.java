package io.portcullis.rules;

import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Delta;
import io.portcullis.finding.Change;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Operation;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.settings.Settings;
import io.portcullis.settings.Settings.Isolation.Baseline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Default-deny stays where a namespace is guarded: no change of policies or labels takes from pods
 * that are there isolation, DNS or a declared flow. Each change is judged by itself, so that what
 * is left always works.
 */
public final class DefaultDenyKept implements GuardingRule {
  private static final String ID = "default-deny-kept";

  private static final RuleInfo INFO =
      new RuleInfo(
          ID,
          "Pods of guarded namespaces keep their isolation, DNS and the declared flows",
          Set.of(Kind.NETWORK_POLICY, Kind.NAMESPACE),
          Set.of(Operation.UPDATE, Operation.DELETE),
          RuleInfo.View.OTHER_OBJECTS);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public boolean guards(Change change, Cluster picture, Settings settings) {
    return change.oldObject().orElse(null) instanceof NetworkPolicy policy
        && Guard.of(policy.namespace(), settings).isOn(picture);
  }

  @Override
  public List<Finding> judge(Question question) {
    Optional<KubeObject> old = question.change().oldObject();
    if (question.occasion() == Question.Occasion.WHOLE || old.isEmpty()) {
      return List.of();
    }
    return switch (old.get()) {
      case NetworkPolicy policy -> policy(policy, question);
      case Namespace namespace -> namespace(namespace, question);
      default -> List.of();
    };
  }

  private static List<Finding> policy(NetworkPolicy old, Question question) {
    Guard guard = Guard.of(old.namespace(), question.settings());
    if (!guard.isOn(question.after())) {
      return List.of();
    }
    if (!isProtected(old, question)) {
      return new GuardedLosses(ID, question).ofIsolation(Touched.by(question));
    }
    boolean leaves = isOursNoLonger(old, question);
    GuardedLosses losses = new GuardedLosses(ID, leaves ? without(old, question) : question);
    List<Finding> lost = losses.of(Touched.by(question));
    if (leaves) {
      return lost.stream().limit(1).map(loss -> label(loss, question)).toList();
    }
    List<Finding> findings = new ArrayList<>(lost);
    losses.ofPodsToCome(old.namespace(), lost.isEmpty()).ifPresent(findings::add);
    return findings;
  }

  /**
   * Where the gate keeps a baseline, DNS and flows are its own: the rest is the users'. Isolation
   * has to stay by whatever policy: a label alone proves nothing.
   */
  private static boolean isProtected(NetworkPolicy old, Question question) {
    boolean kept =
        question.settings().isolation().baseline() == Baseline.KEEP
            && question.before().in(old.namespace()).networkPolicies().stream()
                .anyMatch(NetworkPolicy::isOurs);
    return !kept || old.isOurs();
  }

  /** Who takes our label from a policy could delete it next. */
  private static boolean isOursNoLonger(NetworkPolicy old, Question question) {
    return question.settings().isolation().baseline() == Baseline.KEEP
        && old.isOurs()
        && question.change().object().orElse(null) instanceof NetworkPolicy now
        && !now.isOurs();
  }

  private static Question without(NetworkPolicy policy, Question question) {
    return new Question(
        question.change(),
        question.before(),
        question
            .after()
            .apply(new Delta.Drop(Kind.NETWORK_POLICY, policy.namespace(), policy.name())),
        question.settings(),
        question.occasion());
  }

  private static Finding label(Finding loss, Question question) {
    return Finding.violation(
            ID,
            question.ref(),
            FieldPath.of("metadata", "labels", NetworkPolicy.MANAGED_BY_LABEL),
            "is what protects the policy, and without it pods of a guarded namespace would lose"
                + " what they have.")
        .fix("keep the label.")
        .restsOn(loss.evidence());
  }

  private static List<Finding> namespace(Namespace old, Question question) {
    if (question.change().object().isEmpty()) {
      return List.of();
    }
    GuardedLosses losses = new GuardedLosses(ID, question);
    List<Finding> findings = new ArrayList<>(losses.of(Touched.by(question).bothEnds()));
    Guard guard = Guard.of(old.name(), question.settings());
    if (guard.isOn(question.before()) && !guard.isOn(question.after())) {
      findings.add(losses.ofGuard(old.name()));
    }
    return findings;
  }
}
