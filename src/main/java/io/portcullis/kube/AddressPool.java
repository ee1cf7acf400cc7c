package io.portcullis.kube;

import io.portcullis.net.AddressRange;
import io.portcullis.net.Labels;
import java.util.List;

/**
 * A pool of addresses: Calico's IPPool for pods, or for what its {@code allowedUses} say; Cilium's
 * CiliumLoadBalancerIPPool and MetalLB's IPAddressPool for load balancers. What does not parse in
 * it is left out: its own controller says so.
 *
 * @param use whose addresses these are
 * @param parts none where nobody gets an address of it
 */
public record AddressPool(Kind kind, Meta meta, AddressUse use, List<Part> parts)
    implements KubeObject {
  /** A range and where it stands. */
  public record Part(FieldPath path, AddressRange range) {}

  public AddressPool {
    parts = List.copyOf(parts);
  }

  @Override
  public AddressPool facts() {
    return new AddressPool(kind, meta.facts(Labels.EMPTY), use, parts);
  }
}
