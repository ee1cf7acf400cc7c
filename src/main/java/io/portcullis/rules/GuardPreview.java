package io.portcullis.rules;

import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Delta;
import io.portcullis.finding.Operation;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.net.Labels;
import io.portcullis.net.PortSet;
import io.portcullis.net.Selector;
import io.portcullis.reach.PolicyRef;
import io.portcullis.settings.Settings.Isolation.Baseline;
import io.portcullis.settings.Settings.Isolation.WithinTier;
import io.portcullis.settings.Tiers;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * What a namespace's guard means for connections, before anything is done about it: with the guard
 * only what policies, declared flows and, within a namespace, tiers open is open; without it what
 * the gate keeps there is gone.
 */
final class GuardPreview {
  private static final String DEFAULT_DENY = "portcullis-default-deny";

  private GuardPreview() {}

  /** The question with default-deny in place, or gone; empty where no guard changes. */
  static Optional<Question> of(Question question) {
    if (question.change().operation() != Operation.UPDATE
        || !(question.change().object().orElse(null) instanceof Namespace namespace)
        || question.settings().isolation().baseline() != Baseline.KEEP) {
      return Optional.empty();
    }
    Guard guard = Guard.of(namespace.name(), question.settings());
    boolean was = guard.isOn(question.before());
    boolean is = guard.isOn(question.after());
    return was == is
        ? Optional.empty()
        : Optional.of(
            new Question(
                question.change(),
                question.before(),
                is
                    ? question.after().apply(new Delta.Put(defaultDeny(namespace.name())))
                    : withoutOurs(question.after(), namespace.name()),
                question.settings(),
                question.occasion()));
  }

  private static NetworkPolicy defaultDeny(String namespace) {
    return new NetworkPolicy(
        Meta.of(namespace, DEFAULT_DENY, Labels.EMPTY),
        Selector.EVERYTHING,
        EnumSet.allOf(Direction.class),
        List.of(),
        List.of());
  }

  /** Whether it is the policy that is not there yet. */
  static boolean isAsked(PolicyRef policy) {
    return policy.name().equals(DEFAULT_DENY);
  }

  private static Cluster withoutOurs(Cluster after, String namespace) {
    Cluster left = after;
    for (NetworkPolicy policy : after.in(namespace).networkPolicies()) {
      if (policy.isOurs()) {
        left = left.apply(Delta.between(Optional.of(policy), Optional.empty()));
      }
    }
    return left;
  }

  /**
   * What is left of a way without that which the gate opens beside default-deny.
   *
   * @param declared the ports of the flows between the same two
   */
  static Ways.Way withoutWhatItOpens(Ways.Way way, PortSet declared, Question question) {
    boolean within =
        way.isWithinTier() && question.settings().isolation().withinTier() == WithinTier.ALLOW;
    boolean exposed = declared.isEmpty() && isExposed(way, question.settings().tiers());
    PortSet cut = within || exposed ? PortSet.NONE : way.cut().minus(declared);
    return way.with(cut, way.opened());
  }

  private static boolean isExposed(Ways.Way way, Tiers tiers) {
    return way.isFromOutside()
        && tiers.exposed().stream().anyMatch(tier -> way.toPlace().equals(Ways.TIER + tier));
  }
}
