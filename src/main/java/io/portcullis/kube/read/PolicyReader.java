package io.portcullis.kube.read;

import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.kube.PolicyPeer;
import io.portcullis.kube.PolicyPort;
import io.portcullis.kube.PortRef;
import io.portcullis.net.Cidr;
import io.portcullis.net.Protocol;
import io.portcullis.net.Selector;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a NetworkPolicy. Source: networking.k8s.io/v1 NetworkPolicySpec. */
final class PolicyReader implements ObjectReader.Body {
  private Selector podSelector = Selector.EVERYTHING;
  private final Set<Direction> types = EnumSet.noneOf(Direction.class);
  private final List<NetworkPolicy.Rule> ingress = new ArrayList<>();
  private final List<NetworkPolicy.Rule> egress = new ArrayList<>();

  @Override
  public void field(String name, JsonCursor cursor) {
    if (name.equals("spec")) {
      cursor.fields(field -> spec(field, cursor));
    }
  }

  private void spec(String field, JsonCursor cursor) {
    switch (field) {
      case "podSelector" -> podSelector = SelectorReader.read(cursor);
      case "policyTypes" -> cursor.items(() -> type(cursor));
      case "ingress" -> cursor.items(() -> ingress.add(rule(cursor, "from")));
      case "egress" -> cursor.items(() -> egress.add(rule(cursor, "to")));
      default -> {}
    }
  }

  private void type(JsonCursor cursor) {
    cursor
        .text()
        .ifPresent(text -> {
          switch (text) {
            case "Ingress" -> types.add(Direction.INGRESS);
            case "Egress" -> types.add(Direction.EGRESS);
            default ->
                cursor.problem("\"%s\" is no policy type: want Ingress or Egress".formatted(text));
          }
        });
  }

  private static NetworkPolicy.Rule rule(JsonCursor cursor, String peersField) {
    List<PolicyPeer> peers = new ArrayList<>();
    List<PolicyPort> ports = new ArrayList<>();
    cursor.fields(field -> {
      if (field.equals(peersField)) {
        cursor.items(() -> peers.add(peer(cursor)));
      } else if (field.equals("ports")) {
        cursor.items(() -> ports.add(port(cursor)));
      }
    });
    return new NetworkPolicy.Rule(peers, ports);
  }

  /** A peer that can't be read must not vanish: a rule without peers means everybody. */
  private static PolicyPeer peer(JsonCursor cursor) {
    First<Selector> pods = new First<>();
    First<Selector> namespaces = new First<>();
    First<PolicyPeer> block = new First<>();
    cursor.fields(field -> {
      switch (field) {
        case "podSelector" -> selector(cursor, pods);
        case "namespaceSelector" -> selector(cursor, namespaces);
        case "ipBlock" -> block.take(block(cursor));
        default -> {}
      }
    });
    if (block.value().isPresent()) {
      return block.value().get();
    }
    return pods.value().isEmpty() && namespaces.value().isEmpty()
        ? new PolicyPeer.Unmatched("peer")
        : new PolicyPeer.Pods(pods.value(), namespaces.value());
  }

  /** An absent selector and the empty one differ, and null is absent. */
  private static void selector(JsonCursor cursor, First<Selector> into) {
    if (!cursor.isNull()) {
      into.take(SelectorReader.read(cursor));
    }
  }

  private static Optional<PolicyPeer> block(JsonCursor cursor) {
    First<Cidr> cidr = new First<>();
    List<Cidr> except = new ArrayList<>();
    cursor.fields(field -> {
      switch (field) {
        case "cidr" -> cidr.take(cursor.parsed(Cidr::parse));
        case "except" -> cursor.items(() -> cursor.parsed(Cidr::parse).ifPresent(except::add));
        default -> {}
      }
    });
    return cidr.value().map(range -> new PolicyPeer.Block(range, except));
  }

  private static PolicyPort port(JsonCursor cursor) {
    Protocol[] protocol = {Protocol.TCP};
    First<PortRef> port = new First<>();
    First<Integer> endPort = new First<>();
    cursor.fields(field -> {
      switch (field) {
        case "protocol" -> protocol[0] = PodSpecReader.protocol(cursor).orElse(Protocol.TCP);
        case "port" -> port.take(cursor.portRef());
        case "endPort" -> endPort.take(cursor.integer());
        default -> {}
      }
    });
    return new PolicyPort(protocol[0], port.value(), endPort.value());
  }

  /** Where no types are given: ingress, and egress too if there is an egress rule. */
  @Override
  public KubeObject build(Meta meta) {
    if (types.isEmpty()) {
      types.add(Direction.INGRESS);
      if (!egress.isEmpty()) {
        types.add(Direction.EGRESS);
      }
    }
    return new NetworkPolicy(meta, podSelector, types, ingress, egress);
  }
}
