package io.portcullis.kube;

import io.portcullis.net.AddressRange;
import io.portcullis.net.Labels;
import java.util.List;

/**
 * A pool of addresses: Calico's IPPool for pods, Cilium's CiliumLoadBalancerIPPool and MetalLB's
 * IPAddressPool for load balancers. What does not parse in it is left out: its own controller says
 * so.
 */
public record AddressPool(Kind kind, Meta meta, List<Part> parts) implements KubeObject {
  /** A range and where it stands. */
  public record Part(FieldPath path, AddressRange range) {}

  public AddressPool {
    parts = List.copyOf(parts);
  }

  /** Whose addresses these are. */
  public AddressUse use() {
    return kind == Kind.CALICO_POOL || kind == Kind.PROJECT_CALICO_POOL
        ? AddressUse.PODS
        : AddressUse.LOAD_BALANCERS;
  }

  @Override
  public AddressPool facts() {
    return new AddressPool(kind, meta.facts(Labels.EMPTY), parts);
  }
}
