package io.portcullis.kube;

import io.portcullis.net.Cidr;
import io.portcullis.net.Labels;
import java.util.List;

/** A ServiceCIDR: ranges that Services get their addresses from. */
public record ServiceCidr(Meta meta, List<Cidr> cidrs) implements KubeObject {
  public ServiceCidr {
    cidrs = List.copyOf(cidrs);
  }

  @Override
  public Kind kind() {
    return Kind.SERVICE_CIDR;
  }

  @Override
  public ServiceCidr facts() {
    return new ServiceCidr(meta.facts(Labels.EMPTY), cidrs);
  }
}
