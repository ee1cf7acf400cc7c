package io.portcullis.cluster;

import io.portcullis.kube.Ingress;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.kube.PolicyPeer;
import io.portcullis.kube.Service;
import io.portcullis.net.Label;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The indexes over all namespaces. Immutable: a change gives the next overview and shares what
 * stays.
 *
 * @param namespaces names of namespaces by their labels
 * @param carrying names of namespaces by the labels that their pods and templates carry
 * @param peers what peers of NetworkPolicies ask of namespaces
 * @param claims the hosts and paths that Ingresses claim
 * @param translated the ports of Services that may lead to another port of their pods
 */
record Overview(
    LabelIndex<String> namespaces,
    KeyIndex<Label, String> carrying,
    SelectorIndex<Peer> peers,
    KeyIndex<Ingress.Claim, IngressId> claims,
    Tally<Service.Front> translated,
    AddressLedger ledger) {
  static final Overview EMPTY =
      new Overview(
          LabelIndex.empty(),
          KeyIndex.empty(),
          SelectorIndex.empty(),
          KeyIndex.empty(),
          Tally.empty(),
          AddressLedger.EMPTY);

  /** An Ingress of any namespace. */
  record IngressId(String namespace, String name) {
    static IngressId of(Ingress ingress) {
      return new IngressId(ingress.namespace(), ingress.name());
    }
  }

  /** What some peer of a policy asks of namespaces. */
  record Peer(String namespace, String policy, Selector namespaceSelector) {}

  /** The overview after a namespace got labels, or is gone. */
  Overview withNamespace(String name, Optional<Labels> labels) {
    return new Overview(
        labels.map(some -> namespaces.plus(name, some)).orElseGet(() -> namespaces.minus(name)),
        carrying,
        peers,
        claims,
        translated,
        ledger);
  }

  /** The overview after these labels may have come to a namespace's pods and templates, or gone. */
  Overview withCarried(String namespace, Contents now, Labels labels) {
    KeyIndex<Label, String> next = carrying;
    for (Label label : labels.pairs()) {
      next =
          now.carries(label)
              ? next.plus(namespace, List.of(label))
              : next.minus(namespace, List.of(label));
    }
    return new Overview(namespaces, next, peers, claims, translated, ledger);
  }

  /** The overview after one object took the place of another. */
  Overview changed(Optional<KubeObject> before, Optional<KubeObject> after) {
    return new Overview(
        namespaces,
        carrying,
        peersAfter(before, after),
        claimsAfter(before, after),
        translatedAfter(before, after),
        ledger.changed(before, after));
  }

  private SelectorIndex<Peer> peersAfter(Optional<KubeObject> before, Optional<KubeObject> after) {
    SelectorIndex<Peer> next = peers;
    for (Peer peer : peers(before)) {
      next = next.minus(peer);
    }
    for (Peer peer : peers(after)) {
      next = next.plus(peer, peer.namespaceSelector());
    }
    return next;
  }

  private KeyIndex<Ingress.Claim, IngressId> claimsAfter(
      Optional<KubeObject> before, Optional<KubeObject> after) {
    KeyIndex<Ingress.Claim, IngressId> next = claims;
    if (before.orElse(null) instanceof Ingress old) {
      next = next.minus(IngressId.of(old), old.claims());
    }
    return after.orElse(null) instanceof Ingress now
        ? next.plus(IngressId.of(now), now.claims())
        : next;
  }

  private Tally<Service.Front> translatedAfter(
      Optional<KubeObject> before, Optional<KubeObject> after) {
    Tally<Service.Front> next = translated;
    if (before.orElse(null) instanceof Service old) {
      next = next.minus(old.translated());
    }
    return after.orElse(null) instanceof Service now ? next.plus(now.translated()) : next;
  }

  private static List<Peer> peers(Optional<KubeObject> object) {
    return object.orElse(null) instanceof NetworkPolicy policy
        ? Stream.of(Direction.values())
            .flatMap(direction -> policy.rules(direction).stream())
            .flatMap(rule -> rule.peers().stream())
            .flatMap(peer -> namespaceSelector(peer).stream())
            .filter(selector -> !selector.isEverything())
            .map(selector -> new Peer(policy.namespace(), policy.name(), selector))
            .distinct()
            .toList()
        : List.of();
  }

  private static Optional<Selector> namespaceSelector(PolicyPeer peer) {
    return switch (peer) {
      case PolicyPeer.Pods pods -> pods.namespaceSelector();
      case PolicyPeer.Block _, PolicyPeer.Networks _, PolicyPeer.Unmatched _ -> Optional.empty();
    };
  }
}
