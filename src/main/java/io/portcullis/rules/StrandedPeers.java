package io.portcullis.rules;

import io.portcullis.cluster.Cluster;
import io.portcullis.finding.Evidence;
import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.finding.PatchOp;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.kube.PolicyPeer;
import io.portcullis.net.Label;
import io.portcullis.net.Labels;
import io.portcullis.net.Requirement;
import io.portcullis.net.Selector;
import io.portcullis.text.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The NetworkPolicies that new labels of a namespace leave without whom some peer of theirs means.
 * Clearly other labels may be followed by a change of the policies, so they are only suspected; a
 * value that is nearly the peer's, or its value under a twin of its key, is a mistake.
 */
final class StrandedPeers {
  private static final FieldPath LABELS = FieldPath.of("metadata", "labels");

  private final String rule;
  private final Namespace now;
  private final Question question;

  private StrandedPeers(String rule, Namespace now, Question question) {
    this.rule = rule;
    this.now = now;
    this.question = question;
  }

  static List<Finding> of(String rule, Namespace old, Namespace now, Question question) {
    return old.meta().labels().equals(now.meta().labels())
        ? List.of()
        : new StrandedPeers(rule, now, question).since(old.meta().labels());
  }

  private List<Finding> since(Labels old) {
    List<Finding> findings = new ArrayList<>();
    question.after().policiesAskingFor(old).stream()
        .sorted(Comparator.comparing(NetworkPolicy::namespace).thenComparing(NetworkPolicy::name))
        .forEach(policy ->
            peers(policy)
                .filter(peer -> isLost(peer, old))
                .flatMap(peer -> peer.namespaceSelector().stream())
                .distinct()
                .forEach(asked -> findings.add(finding(policy, asked))));
    return findings;
  }

  private static Stream<PolicyPeer.Pods> peers(NetworkPolicy policy) {
    return Stream.of(Direction.values())
        .flatMap(direction -> policy.rules(direction).stream())
        .flatMap(rule -> rule.peers().stream())
        .filter(PolicyPeer.Pods.class::isInstance)
        .map(PolicyPeer.Pods.class::cast);
  }

  /** Whether the peer meant something here, and now means nothing anywhere. */
  private boolean isLost(PolicyPeer.Pods peer, Labels old) {
    Selector asked = peer.namespaceSelector().orElse(Selector.EVERYTHING);
    Selector pods = peer.podSelector().orElse(Selector.EVERYTHING);
    return asked.matches(old)
        && !asked.matches(now.meta().labels())
        && has(now.name(), pods)
        && question.after().namespacesMatching(asked).stream().noneMatch(name -> has(name, pods));
  }

  private boolean has(String namespace, Selector pods) {
    return pods.isEverything() || Carriers.in(namespace, question).any(pods);
  }

  private Finding finding(NetworkPolicy policy, Selector asked) {
    List<Requirement> lost =
        asked.requirements().stream()
            .filter(requirement -> !requirement.matches(now.meta().labels()))
            .toList();
    String all = Words.and(lost.stream().map(Requirement::toString).toList());
    String said = "NetworkPolicy %s no longer means this namespace".formatted(name(policy));
    Finding finding =
        slips(lost, asked)
            .map(slips ->
                Finding.violation(
                        rule,
                        ObjectRef.of(now),
                        path(lost.getFirst().key()),
                        "%s: did you mean %s?".formatted(said, slips.meant()))
                    .patch(patch(slips))
                    .restsOn(evidence(policy, asked)))
            .orElseGet(() ->
                Finding.suspicion(
                    rule,
                    ObjectRef.of(now),
                    path(lost.getFirst().key()),
                    "%s: it asks for %s.".formatted(said, all)));
    return finding
        .fix("keep %s, or change the policy's peer first.".formatted(all))
        .related(List.of(ObjectRef.of(policy)))
        .about("NetworkPolicy %s asking for %s".formatted(name(policy), asked));
  }

  private static String name(NetworkPolicy policy) {
    return policy.namespace() + "/" + policy.name();
  }

  /** What is carried instead of what is asked for, if each is near and nothing else is there. */
  private Optional<Slips> slips(List<Requirement> lost, Selector asked) {
    Cluster after = question.after();
    List<Slips.Slip> slips = new ArrayList<>();
    for (Label pair : new Selector(lost).requiredPairs().pairs()) {
      Slips.meant(pair, now.meta().labels())
          .ifPresent(carried -> slips.add(new Slips.Slip(carried, pair)));
    }
    return slips.size() == lost.size() && after.namespacesMatching(asked).isEmpty()
        ? Optional.of(new Slips(slips))
        : Optional.empty();
  }

  private FieldPath path(String key) {
    return now.meta().labels().has(key) ? LABELS.field(key) : LABELS;
  }

  private static List<PatchOp> patch(Slips slips) {
    return slips.all().stream()
        .map(Slips.Slip::meant)
        .<PatchOp>map(pair -> new PatchOp.Add(LABELS.field(pair.key()).pointer(), pair.value()))
        .toList();
  }

  private List<Evidence> evidence(NetworkPolicy policy, Selector asked) {
    return List.of(
        new Evidence.Present(
            Kind.NETWORK_POLICY,
            policy.namespace(),
            policy.name(),
            object ->
                object instanceof NetworkPolicy live
                    && peers(live)
                        .anyMatch(peer -> peer.namespaceSelector().equals(Optional.of(asked)))),
        new Evidence.NoNamespaceMatches(asked, now.name()));
  }
}
