package io.portcullis.kube.read.validation;

import java.util.List;

/** Ports in policies of the whole cluster. */
final class ClusterPorts {
  private static final List<String> PROTOCOLS = List.of("tcp", "udp", "sctp");
  private static final int HIGHEST = 65_535;

  private ClusterPorts() {}

  /** An entry of the ports of a rule, v1alpha1. */
  static void port(Field port) {
    Bounds.oneOf(port, List.of("portNumber", "portRange", "namedPort"));
    Field number = port.at("portNumber");
    if (number.isPresent()) {
      String _ = number.at("protocol").text();
      number(number.at("port"));
    }
    Field range = port.at("portRange");
    if (range.isPresent()) {
      String _ = range.at("protocol").text();
      number(range.at("start"));
      number(range.at("end"));
    }
    String _ = port.at("namedPort").text();
  }

  /** An entry of the protocols of a rule, v1alpha2. */
  static void protocol(Field protocol) {
    Bounds.oneOf(protocol, List.of("tcp", "udp", "sctp", "destinationNamedPort"));
    String _ = protocol.at("destinationNamedPort").text();
    for (String name : PROTOCOLS) {
      Field its = protocol.at(name);
      if (its.isPresent()) {
        Bounds.oneOf(its, List.of("destinationPort"));
        destination(its.at("destinationPort"));
      }
    }
  }

  private static void destination(Field port) {
    if (!port.isPresent()) {
      return;
    }
    Bounds.oneOf(port, List.of("number", "range"));
    if (port.at("number").isPresent()) {
      number(port.at("number"));
    }
    Field range = port.at("range");
    if (range.isPresent()) {
      boolean from = number(range.at("start"));
      boolean to = number(range.at("end"));
      if (from && to && range.at("start").number() >= range.at("end").number()) {
        range.refuse("Invalid value: Start port must be less than End port");
      }
    }
  }

  /** A port that must be there; whether it is. */
  private static boolean number(Field port) {
    boolean there = Bounds.isThere(port);
    if (there) {
      Bounds.number(port, 1, HIGHEST);
    }
    return there;
  }
}
