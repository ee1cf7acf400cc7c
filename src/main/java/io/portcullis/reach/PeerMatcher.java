package io.portcullis.reach;

import io.portcullis.kube.PolicyPeer;
import io.portcullis.net.AddressRange;
import io.portcullis.net.Cidr;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whom one entry of {@code from} or {@code to} means. The package's page has the table. */
public sealed interface PeerMatcher {
  /** No entry at all: whoever it is, in the cluster or outside. */
  record Everybody() implements PeerMatcher {
    @Override
    public boolean matches(Peer peer, Function<String, Labels> namespaceLabels) {
      return true;
    }
  }

  /** An entry that can't be matched here. */
  record Nobody() implements PeerMatcher {
    @Override
    public boolean matches(Peer peer, Function<String, Labels> namespaceLabels) {
      return false;
    }
  }

  /** Pods of one namespace, the policy's. */
  record PodsHere(String namespace, Selector podSelector) implements PeerMatcher {
    @Override
    public boolean matches(Peer peer, Function<String, Labels> namespaceLabels) {
      return peer instanceof Endpoint pod
          && !pod.hostNetwork()
          && pod.namespace().equals(namespace)
          && podSelector.matches(pod.labels());
    }
  }

  /** Pods of the namespaces that a selector matches. */
  record PodsOf(Selector namespaceSelector, Selector podSelector) implements PeerMatcher {
    @Override
    public boolean matches(Peer peer, Function<String, Labels> namespaceLabels) {
      return peer instanceof Endpoint pod
          && !pod.hostNetwork()
          && podSelector.matches(pod.labels())
          && namespaceSelector.matches(namespaceLabels.apply(pod.namespace()));
    }
  }

  /** Addresses of any of the ranges but those of an exception; a pod's too where it has some. */
  record Addresses(List<AddressRange> ranges, List<AddressRange> except) implements PeerMatcher {
    public Addresses {
      ranges = List.copyOf(ranges);
      except = List.copyOf(except);
    }

    @Override
    public boolean matches(Peer peer, Function<String, Labels> namespaceLabels) {
      return switch (peer) {
        case Endpoint pod ->
            pod.addresses().stream()
                .anyMatch(address -> matches(new AddressRange(address, address)));
        case Outside outside -> matches(outside.range());
      };
    }

    /** Whether all addresses of a range are meant. */
    boolean matches(AddressRange asked) {
      return ranges.stream().anyMatch(range -> range.contains(asked))
          && except.stream().noneMatch(range -> range.overlaps(asked));
    }
  }

  /**
   * Whether this peer is meant.
   *
   * @param namespaceLabels the labels of a namespace by its name
   */
  boolean matches(Peer peer, Function<String, Labels> namespaceLabels);

  /**
   * What an entry of a policy means.
   *
   * @param namespace the policy's
   */
  static PeerMatcher of(PolicyPeer peer, String namespace) {
    return switch (peer) {
      case PolicyPeer.Pods pods -> pods(pods.podSelector(), pods.namespaceSelector(), namespace);
      case PolicyPeer.Block block ->
          new Addresses(ranges(Stream.of(block.cidr())), ranges(block.except().stream()));
      case PolicyPeer.Networks networks ->
          new Addresses(ranges(networks.cidrs().stream()), List.of());
      case PolicyPeer.Unmatched _ -> new Nobody();
    };
  }

  private static PeerMatcher pods(
      Optional<Selector> podSelector, Optional<Selector> namespaceSelector, String namespace) {
    Selector pods = podSelector.orElse(Selector.EVERYTHING);
    return namespaceSelector
        .<PeerMatcher>map(namespaces -> new PodsOf(namespaces, pods))
        .orElseGet(() -> new PodsHere(namespace, pods));
  }

  private static List<AddressRange> ranges(Stream<Cidr> blocks) {
    return blocks.map(Cidr::range).toList();
  }
}
