package io.portcullis.kube;

import io.portcullis.net.Cidr;
import io.portcullis.net.Selector;
import java.util.List;
import java.util.Optional;

/** One entry of a policy rule's {@code from} or {@code to}. */
public sealed interface PolicyPeer {
  /**
   * Pods: {@code podSelector} and {@code namespaceSelector} together. An absent namespace selector
   * means the policy's own namespace, an absent pod selector all pods of the namespaces.
   */
  record Pods(Optional<Selector> podSelector, Optional<Selector> namespaceSelector)
      implements PolicyPeer {}

  /** Addresses: a block without some blocks inside it. */
  record Block(Cidr cidr, List<Cidr> except) implements PolicyPeer {
    public Block {
      except = List.copyOf(except);
    }
  }

  /** Addresses: each of these blocks. Source: {@code networks} of policy.networking.k8s.io. */
  record Networks(List<Cidr> cidrs) implements PolicyPeer {
    public Networks {
      cidrs = List.copyOf(cidrs);
    }
  }

  /**
   * A peer that is never matched here, so that it opens nothing: {@code nodes}, {@code
   * domainNames}, or one of a kind that is not known.
   *
   * @param field its name in the manifest
   */
  record Unmatched(String field) implements PolicyPeer {}
}
