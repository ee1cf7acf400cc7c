package io.portcullis.kube;

import io.portcullis.net.Cidr;
import io.portcullis.net.Selector;
import java.util.List;
import java.util.Optional;

/** One entry of a NetworkPolicy rule's {@code from} or {@code to}. */
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
}
