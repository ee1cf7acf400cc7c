package io.portcullis.reach;

import io.portcullis.kube.ClusterPolicy;
import io.portcullis.kube.ClusterPolicy.Tier;
import io.portcullis.kube.ContainerPort;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.kube.Pod;
import io.portcullis.kube.PolicyPeer;
import io.portcullis.kube.PolicyPort;
import io.portcullis.kube.PortRef;
import io.portcullis.net.Address;
import io.portcullis.net.Cidr;
import io.portcullis.net.Labels;
import io.portcullis.net.Protocol;
import io.portcullis.net.Selector;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Answers one question at a time, straight from the wording of the documentation: may this end send
 * to that end, on this protocol and port? Knows no class of {@code reach}'s, no set and no index.
 */
final class Oracle {
  /** One end: a pod, or else a single address. */
  record End(Optional<Pod> pod, Optional<Address> address) {
    static End of(Pod pod) {
      return new End(Optional.of(pod), Optional.empty());
    }

    static End of(Address address) {
      return new End(Optional.empty(), Optional.of(address));
    }
  }

  private final List<? extends KubeObject> objects;

  Oracle(List<? extends KubeObject> objects) {
    this.objects = objects;
  }

  /**
   * "For a connection from a source pod to a destination pod to be allowed, both the egress policy
   * on the source pod and the ingress policy on the destination pod need to allow the connection."
   */
  boolean allows(End from, End to, Protocol protocol, int port) {
    return side(from, to, to, Direction.EGRESS, protocol, port)
        && side(to, from, to, Direction.INGRESS, protocol, port);
  }

  private boolean side(End self, End other, End to, Direction way, Protocol protocol, int port) {
    if (self.pod().isEmpty() || self.pod().get().spec().hostNetwork()) {
      return true;
    }
    Pod pod = self.pod().get();
    switch (asked(Tier.ADMIN, pod, other, to, way, protocol, port)) {
      case "ACCEPT" -> {
        return true;
      }
      case "DENY" -> {
        return false;
      }
      default -> {}
    }
    List<NetworkPolicy> selecting =
        all(NetworkPolicy.class)
            .filter(policy -> policy.namespace().equals(pod.namespace()))
            .filter(policy -> policy.podSelector().matches(pod.meta().labels()))
            .filter(policy -> policy.policyTypes().contains(way))
            .toList();
    if (!selecting.isEmpty()) {
      return selecting.stream().anyMatch(p -> allows(p, other, to, way, protocol, port));
    }
    return !asked(Tier.BASELINE, pod, other, to, way, protocol, port).equals("DENY");
  }

  private boolean allows(
      NetworkPolicy policy, End other, End to, Direction way, Protocol protocol, int port) {
    for (NetworkPolicy.Rule rule : policy.rules(way)) {
      boolean open =
          rule.peers().isEmpty()
              ? rule.ports().isEmpty() || lists(rule.ports(), to, true, protocol, port)
              : rule.peers().stream()
                  .filter(p -> means(p, other, policy.namespace()))
                  .anyMatch(p ->
                      rule.ports().isEmpty()
                          || lists(rule.ports(), to, hasNames(p, way), protocol, port));
      if (open) {
        return true;
      }
    }
    return false;
  }

  /** Towards a block a name is no port. */
  private static boolean hasNames(PolicyPeer peer, Direction way) {
    return way == Direction.INGRESS || peer instanceof PolicyPeer.Pods;
  }

  private static boolean lists(
      List<PolicyPort> entries, End to, boolean names, Protocol protocol, int port) {
    return entries.stream()
        .filter(entry -> names || !(entry.port().orElse(null) instanceof PortRef.ByName))
        .anyMatch(entry -> means(entry, to, protocol, port));
  }

  /** What the first rule of the first policy in the tier that matches says; else nothing. */
  private String asked(
      Tier tier, Pod pod, End other, End to, Direction way, Protocol protocol, int port) {
    List<ClusterPolicy> inOrder =
        all(ClusterPolicy.class)
            .filter(policy -> policy.tier() == tier)
            .filter(policy -> means(policy.subject(), End.of(pod), ""))
            .sorted(
                Comparator.comparingInt(ClusterPolicy::priority)
                    .thenComparing(ClusterPolicy::name)
                    .thenComparing(ClusterPolicy::kind))
            .toList();
    for (ClusterPolicy policy : inOrder) {
      for (ClusterPolicy.Rule rule : policy.rules(way)) {
        boolean said =
            rule.peers().stream()
                .filter(p -> means(p, other, ""))
                .anyMatch(p ->
                    rule.ports().isEmpty()
                        || lists(rule.ports().get(), to, hasNames(p, way), protocol, port));
        if (said) {
          return rule.action().name();
        }
      }
    }
    return "";
  }

  private boolean means(PolicyPeer peer, End end, String namespace) {
    return switch (peer) {
      case PolicyPeer.Pods pods ->
          end.pod().isPresent()
              && !end.pod().get().spec().hostNetwork()
              && namespaceIsMeant(pods.namespaceSelector(), end.pod().get(), namespace)
              && (pods.podSelector().isEmpty()
                  || pods.podSelector().get().matches(end.pod().get().meta().labels()));
      case PolicyPeer.Block block ->
          addresses(end).stream()
              .anyMatch(address ->
                  block.cidr().contains(address)
                      && block.except().stream().noneMatch(part -> part.contains(address)));
      case PolicyPeer.Networks networks ->
          addresses(end).stream()
              .anyMatch(address -> networks.cidrs().stream().anyMatch(in(address)));
      case PolicyPeer.Unmatched _ -> false;
    };
  }

  private static java.util.function.Predicate<Cidr> in(Address address) {
    return cidr -> cidr.contains(address);
  }

  private boolean namespaceIsMeant(Optional<Selector> selector, Pod pod, String namespace) {
    return selector.isEmpty()
        ? pod.namespace().equals(namespace)
        : selector.get().matches(labelsOf(pod.namespace()));
  }

  private Labels labelsOf(String namespace) {
    return all(Namespace.class)
        .filter(each -> each.name().equals(namespace))
        .map(each -> each.meta().labels())
        .findFirst()
        .orElse(Labels.of("kubernetes.io/metadata.name", namespace));
  }

  private static List<Address> addresses(End end) {
    return end.address()
        .map(List::of)
        .orElseGet(() -> end.pod().orElseThrow().addresses().stream().map(Address::parse).toList());
  }

  private static boolean means(PolicyPort entry, End to, Protocol protocol, int port) {
    if (entry.protocol() != protocol) {
      return false;
    }
    return switch (entry.port().orElse(null)) {
      case null -> true;
      case PortRef.ByNumber number ->
          number.port() <= port && port <= entry.endPort().orElse(number.port());
      case PortRef.ByName name ->
          to.pod().isPresent()
              && to.pod().get().spec().ports().stream()
                  .filter(declared -> declared.name().equals(name.name()))
                  .filter(declared -> declared.protocol() == protocol)
                  .mapToInt(ContainerPort::port)
                  .anyMatch(number -> number == port);
    };
  }

  private <T extends KubeObject> java.util.stream.Stream<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast);
  }
}
