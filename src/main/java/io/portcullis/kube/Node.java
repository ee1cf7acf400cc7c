package io.portcullis.kube;

import io.portcullis.net.Address;
import io.portcullis.net.Cidr;
import io.portcullis.net.Labels;
import java.util.List;

/** A node: the ranges that its pods get addresses from, and its own addresses. */
public record Node(Meta meta, List<Cidr> podCidrs, List<Address> addresses) implements KubeObject {
  public Node {
    podCidrs = List.copyOf(podCidrs);
    addresses = List.copyOf(addresses);
  }

  @Override
  public Kind kind() {
    return Kind.NODE;
  }

  @Override
  public Node facts() {
    return new Node(meta.facts(Labels.EMPTY), podCidrs, addresses);
  }
}
