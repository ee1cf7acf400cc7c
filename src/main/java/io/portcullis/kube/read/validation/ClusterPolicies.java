package io.portcullis.kube.read.validation;

import io.portcullis.kube.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The policies of the whole cluster. Source: the schemas of policy.networking.k8s.io, v1alpha1 as
 * of network-policy-api v0.1.5 and v1alpha2 as of v0.2.0. Schemas ask less than the API server's
 * own code: what they let pass is no problem.
 */
final class ClusterPolicies {
  private static final int PRIORITY_MOST = 1000;
  private static final int NAME_MOST = 100;
  private static final List<String> OUTSIDE = List.of("networks", "nodes", "domainNames");

  private final Field root;
  private final Schema schema;

  /** What differs between the kinds. */
  private enum Schema {
    ADMIN,
    BASELINE,
    CLUSTER;

    int most() {
      return this == CLUSTER ? 25 : 100;
    }

    List<String> actions() {
      return switch (this) {
        case ADMIN -> List.of("Allow", "Deny", "Pass");
        case BASELINE -> List.of("Allow", "Deny");
        case CLUSTER -> List.of("Accept", "Deny", "Pass");
      };
    }
  }

  private ClusterPolicies(Field root, Schema schema) {
    this.root = root;
    this.schema = schema;
  }

  static void check(Field root, Kind kind) {
    Schema schema =
        switch (kind.text()) {
          case "AdminNetworkPolicy" -> Schema.ADMIN;
          case "BaselineAdminNetworkPolicy" -> Schema.BASELINE;
          default -> Schema.CLUSTER;
        };
    new ClusterPolicies(root, schema).check();
  }

  private void check() {
    Field spec = root.at("spec");
    if (!spec.isPresent()) {
      spec.required("");
      return;
    }
    switch (schema) {
      case ADMIN -> priority(spec.at("priority"));
      case BASELINE -> onlyDefault(root.at("metadata", "name"));
      case CLUSTER -> {
        tier(spec.at("tier"));
        priority(spec.at("priority"));
      }
    }
    if (Bounds.isThere(spec.at("subject"))) {
      peer(spec.at("subject"), List.of("namespaces", "pods"));
    }
    rules(spec.at("ingress"), "from", List.of("namespaces", "pods"));
    List<String> towards = new ArrayList<>(List.of("namespaces", "pods", "nodes", "networks"));
    if (schema == Schema.CLUSTER) {
      towards.add("domainNames");
    }
    rules(spec.at("egress"), "to", towards);
  }

  private static void onlyDefault(Field name) {
    if (!name.text().equals("default")) {
      name.refuse(
          "Invalid value: Only one baseline admin network policy with metadata.name=\"default\" can"
              + " be created in the cluster");
    }
  }

  private static void tier(Field tier) {
    if (Bounds.isThere(tier) && !List.of("Admin", "Baseline").contains(tier.text())) {
      tier.unsupported("Admin", "Baseline");
    }
  }

  private static void priority(Field priority) {
    if (Bounds.isThere(priority)) {
      Bounds.number(priority, 0, PRIORITY_MOST);
    }
  }

  private void rules(Field rules, String peers, List<String> kinds) {
    Bounds.atMost(rules, schema.most());
    for (Field rule : rules.items()) {
      Bounds.length(rule.at("name"), NAME_MOST);
      Field action = rule.at("action");
      if (Bounds.isThere(action) && !schema.actions().contains(action.text())) {
        action.unsupported(schema.actions().toArray(String[]::new));
      }
      if (Bounds.isThere(rule.at(peers))) {
        Bounds.atLeastOne(rule.at(peers));
        Bounds.atMost(rule.at(peers), schema.most());
      }
      rule.at(peers).items().forEach(peer -> peer(peer, kinds));
      ports(rule);
      namedPorts(rule, peers, kinds);
    }
  }

  private void peer(Field peer, List<String> kinds) {
    Bounds.oneOf(peer, kinds);
    Bounds.selector(peer.at("namespaces"));
    Bounds.selector(peer.at("nodes"));
    Field pods = peer.at("pods");
    if (pods.isPresent()) {
      if (schema != Schema.CLUSTER) {
        Bounds.isThere(pods.at("namespaceSelector"));
      }
      Bounds.isThere(pods.at("podSelector"));
      Bounds.selector(pods.at("namespaceSelector"));
      Bounds.selector(pods.at("podSelector"));
    }
    if (kinds.contains("networks")) {
      networks(peer.at("networks"));
    }
    if (kinds.contains("domainNames")) {
      set(peer.at("domainNames"));
      peer.at("domainNames").items().forEach(Networks::domainName);
    }
  }

  private void networks(Field networks) {
    set(networks);
    for (Field network : networks.items()) {
      if (schema == Schema.CLUSTER) {
        Networks.block(network);
      } else {
        Networks.oneFamily(network);
      }
    }
  }

  /** A list of up to 25 that has nothing twice. */
  private static void set(Field list) {
    if (!list.isPresent()) {
      return;
    }
    Bounds.atLeastOne(list);
    Bounds.atMost(list, 25);
    Set<String> seen = new HashSet<>();
    for (Field item : list.items()) {
      if (!seen.add(item.text())) {
        item.duplicate(item.shown());
      }
    }
  }

  private void ports(Field rule) {
    Field ports = rule.at(schema == Schema.CLUSTER ? "protocols" : "ports");
    Bounds.atMost(ports, schema.most());
    if (schema == Schema.CLUSTER && ports.isPresent()) {
      Bounds.atLeastOne(ports);
    }
    for (Field port : ports.items()) {
      if (schema == Schema.CLUSTER) {
        ClusterPorts.protocol(port);
      } else {
        ClusterPorts.port(port);
      }
    }
  }

  private void namedPorts(Field rule, String peers, List<String> kinds) {
    boolean cluster = schema == Schema.CLUSTER;
    boolean named =
        rule.at(cluster ? "protocols" : "ports").items().stream()
            .anyMatch(port -> port.at(cluster ? "destinationNamedPort" : "namedPort").isPresent());
    boolean outside =
        rule.at(peers).items().stream()
            .anyMatch(peer -> OUTSIDE.stream().anyMatch(each -> peer.at(each).isPresent()));
    if (named && outside && kinds.contains("networks")) {
      String what = cluster ? "networks/nodes/domainNames" : "networks/nodes";
      rule.refuse(
          "Invalid value: %s peer cannot be set with namedPorts since there are no namedPorts for %s"
              .formatted(what, what));
    }
  }
}
