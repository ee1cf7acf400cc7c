package io.portcullis.cli;

import io.portcullis.kube.ClusterPolicy;
import io.portcullis.kube.Kind;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.kube.PolicyPeer;
import io.portcullis.reach.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a reader of connections should know of how they were found, a line each. */
final class Notes {
  private final Scene scene;
  private final List<String> notes = new ArrayList<>();

  private Notes(Scene scene) {
    this.scene = scene;
  }

  static List<String> of(Scene scene) {
    Notes notes = new Notes(scene);
    notes.unknownAddresses();
    notes.unmatchedPeers();
    notes.equalPriorities();
    return notes.notes;
  }

  private void unknownAddresses() {
    long unknown =
        scene.parties().stream()
            .filter(party ->
                party.members().stream().anyMatch(each -> each.endpoint().addresses().isEmpty()))
            .count();
    if (unknown > 0 && peers().anyMatch(Notes::isAddresses)) {
      notes.add(
          "note: the addresses of %d of %d workloads are not known: no ipBlock matches their pods"
              .formatted(unknown, scene.parties().size()));
    }
  }

  private static boolean isAddresses(PolicyPeer peer) {
    return switch (peer) {
      case PolicyPeer.Block _, PolicyPeer.Networks _ -> true;
      case PolicyPeer.Pods _, PolicyPeer.Unmatched _ -> false;
    };
  }

  private void unmatchedPeers() {
    TreeSet<String> fields = new TreeSet<>();
    for (ClusterPolicy policy : clusterPolicies()) {
      peers(policy)
          .filter(PolicyPeer.Unmatched.class::isInstance)
          .map(PolicyPeer.Unmatched.class::cast)
          .map(PolicyPeer.Unmatched::field)
          .forEach(field ->
              fields.add(
                  "note: %s %s: peers by \"%s\" match nothing here"
                      .formatted(policy.kind().text(), policy.name(), field)));
    }
    notes.addAll(fields);
  }

  private void equalPriorities() {
    TreeMap<String, TreeSet<String>> byRank = new TreeMap<>();
    for (ClusterPolicy policy : clusterPolicies()) {
      if (policy.kind() != Kind.BASELINE_ADMIN_NETWORK_POLICY) {
        byRank
            .computeIfAbsent(
                "%s tier with priority %d".formatted(tier(policy), policy.priority()),
                _ -> new TreeSet<>())
            .add(policy.name());
      }
    }
    byRank.forEach((rank, names) -> {
      if (names.size() > 1) {
        notes.add(
            "note: %s are all in the %s: they are taken in the order of their names"
                .formatted(String.join(", ", names), rank));
      }
    });
  }

  private static String tier(ClusterPolicy policy) {
    return switch (policy.tier()) {
      case ADMIN -> "admin";
      case BASELINE -> "baseline";
    };
  }

  private List<ClusterPolicy> clusterPolicies() {
    return Stream.of(
            Kind.ADMIN_NETWORK_POLICY,
            Kind.BASELINE_ADMIN_NETWORK_POLICY,
            Kind.CLUSTER_NETWORK_POLICY)
        .flatMap(kind -> scene.cluster().all(kind).stream())
        .map(ClusterPolicy.class::cast)
        .toList();
  }

  private Stream<PolicyPeer> peers() {
    Stream<NetworkPolicy.Rule> rules =
        scene.cluster().namespaces().values().stream()
            .flatMap(namespace -> namespace.networkPolicies().stream())
            .flatMap(policy ->
                policy.policyTypes().stream().flatMap(each -> policy.rules(each).stream()));
    return Stream.concat(
        rules.flatMap(rule -> rule.peers().stream()),
        clusterPolicies().stream().flatMap(Notes::peers));
  }

  private static Stream<PolicyPeer> peers(ClusterPolicy policy) {
    return Stream.of(Direction.values())
        .flatMap(direction -> policy.rules(direction).stream())
        .flatMap(rule -> rule.peers().stream());
  }
}
