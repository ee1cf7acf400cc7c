package io.portcullis.rules;

import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Contents;
import io.portcullis.finding.Evidence;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.kube.PolicyPeer;
import io.portcullis.kube.Service;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What asks for pods by their labels.
 *
 * @param selector never the empty one
 * @param field what the selector is called
 * @param peer the peer that it stands in; empty where it is the object's own
 * @param namespaces where it looks
 */
record Asking(
    KubeObject object,
    Selector selector,
    String field,
    Optional<PolicyPeer.Pods> peer,
    List<String> namespaces) {

  /** The Services of a namespace that select pods with these labels. */
  static Stream<Asking> services(String namespace, Labels labels, Question question) {
    return question.after().in(namespace).servicesSelecting(labels).stream()
        .map(service ->
            new Asking(service, asked(service), "selector", Optional.empty(), List.of(namespace)));
  }

  /**
   * The NetworkPolicies that select pods with these labels in a namespace, and the peers that mean
   * them; of other namespaces those that ask for labels of this one.
   */
  static Stream<Asking> policies(String namespace, Labels labels, Question question) {
    Contents here = question.after().in(namespace);
    Stream<Asking> own =
        here.selecting(labels).stream()
            .filter(NetworkPolicy.class::isInstance)
            .map(NetworkPolicy.class::cast)
            .map(policy ->
                new Asking(
                    policy,
                    policy.podSelector(),
                    "podSelector",
                    Optional.empty(),
                    List.of(namespace)));
    Stream<NetworkPolicy> others =
        question.after().policiesAskingFor(question.after().namespaceLabels(namespace)).stream()
            .filter(policy -> !policy.namespace().equals(namespace));
    Stream<Asking> peers =
        Stream.concat(here.networkPolicies().stream(), others)
            .flatMap(policy -> peers(policy).map(peer -> of(policy, peer, question.after())))
            .filter(asking -> asking.namespaces().contains(namespace))
            .filter(asking -> asking.selector().matches(labels))
            .distinct();
    return Stream.concat(own, peers).filter(asking -> !asking.selector().isEverything());
  }

  private static Asking of(NetworkPolicy policy, PolicyPeer.Pods peer, Cluster cluster) {
    return new Asking(
        policy,
        peer.podSelector().orElse(Selector.EVERYTHING),
        "peer",
        Optional.of(peer),
        peer.namespaceSelector()
            .map(cluster::namespacesMatching)
            .orElseGet(() -> List.of(policy.namespace())));
  }

  private static Stream<PolicyPeer.Pods> peers(NetworkPolicy policy) {
    return Stream.of(Direction.values())
        .flatMap(direction -> policy.rules(direction).stream())
        .flatMap(rule -> rule.peers().stream())
        .filter(PolicyPeer.Pods.class::isInstance)
        .map(PolicyPeer.Pods.class::cast);
  }

  private static Selector asked(Service service) {
    return Selector.of(service.selector().orElse(Labels.EMPTY));
  }

  /** Whether another version of the object still asks the same. */
  private boolean isAskedBy(KubeObject live) {
    if (live instanceof NetworkPolicy policy) {
      return peer.map(own -> peers(policy).anyMatch(own::equals))
          .orElseGet(() -> policy.podSelector().equals(selector));
    }
    return live instanceof Service service && asked(service).equals(selector);
  }

  Evidence presence() {
    return new Evidence.Present(object.kind(), object.namespace(), object.name(), this::isAskedBy);
  }

  String name() {
    return object.name();
  }

  /** {@code Service web}, {@code NetworkPolicy web}, {@code a peer of NetworkPolicy web}. */
  @Override
  public String toString() {
    return (peer.isPresent() ? "a peer of " : "") + object.kind().text() + " " + object.name();
  }
}
