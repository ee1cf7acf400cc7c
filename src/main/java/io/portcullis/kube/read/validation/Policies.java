package io.portcullis.kube.read.validation;

import io.portcullis.net.Cidr;
import java.util.List;
import java.util.Optional;

/** NetworkPolicies. Source: ValidateNetworkPolicySpec. */
final class Policies {
  private Policies() {}

  static void check(Field spec) {
    Selectors.check(spec.at("podSelector"));
    rules(spec.at("ingress"), "from");
    rules(spec.at("egress"), "to");
    types(spec.at("policyTypes"));
  }

  private static void rules(Field rules, String peers) {
    for (Field rule : rules.items()) {
      rule.at("ports").items().forEach(Policies::port);
      rule.at(peers).items().forEach(Policies::peer);
    }
  }

  private static void port(Field entry) {
    Field protocol = entry.at("protocol");
    if (protocol.isPresent() && !List.of("TCP", "UDP", "SCTP").contains(protocol.text())) {
      protocol.unsupported("TCP", "UDP", "SCTP");
    }
    Field port = entry.at("port");
    Field endPort = entry.at("endPort");
    if (!port.isPresent()) {
      if (endPort.isPresent()) {
        endPort.invalid("may not be specified when `port` is not specified");
      }
    } else if (port.isString()) {
      if (endPort.isPresent()) {
        endPort.invalid("may not be specified when `port` is non-numeric");
      }
      port.invalid(Formats.portName(port.text()));
    } else {
      port.invalid(Formats.portNumber(port.number()));
      if (endPort.isPresent()) {
        endPort(endPort, port);
      }
    }
  }

  /** The API server shows the port where the end lies before it. */
  private static void endPort(Field endPort, Field port) {
    if (endPort.number() < port.number()) {
      endPort.invalid(port.shown(), "must be greater than or equal to `port`");
    }
    endPort.invalid(Formats.portNumber(endPort.number()));
  }

  private static void peer(Field peer) {
    Field podSelector = peer.at("podSelector");
    Field namespaceSelector = peer.at("namespaceSelector");
    Field ipBlock = peer.at("ipBlock");
    Selectors.check(podSelector);
    Selectors.check(namespaceSelector);
    boolean pods = podSelector.isPresent() || namespaceSelector.isPresent();
    if (ipBlock.isPresent()) {
      block(ipBlock);
      if (pods) {
        peer.forbidden("may not specify both ipBlock and another peer");
      }
    } else if (!pods) {
      peer.required("must specify a peer");
    }
  }

  private static void block(Field ipBlock) {
    Field cidr = ipBlock.at("cidr");
    if (cidr.text().isEmpty()) {
      cidr.required("");
      return;
    }
    Optional<Cidr> whole = Addresses.block(cidr, cidr.text());
    if (whole.isEmpty()) {
      return;
    }
    for (Field except : ipBlock.at("except").items()) {
      Addresses.block(except, except.text())
          .filter(part -> !Addresses.holdsStrictly(whole.get(), part))
          .ifPresent(part -> except.invalid("must be a strict subset of `cidr`"));
    }
  }

  private static void types(Field types) {
    if (types.items().size() > 2) {
      types.invalid("may not specify more than two policyTypes");
      return;
    }
    for (Field type : types.items()) {
      switch (type.text()) {
        case "Ingress", "Egress" -> {}
        default -> type.unsupported("Ingress", "Egress");
      }
    }
  }
}
