package io.portcullis.reach;

import io.portcullis.cluster.Cluster;
import io.portcullis.kube.ClusterPolicy;
import io.portcullis.kube.ClusterPolicy.Action;
import io.portcullis.kube.ClusterPolicy.Tier;
import io.portcullis.kube.Kind;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.kube.PolicyPeer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Policies taken apart into clauses. */
final class Policies {
  /** In the order in which they are asked; what the API leaves open, names decide. */
  static final Comparator<ClusterPolicy> ORDER =
      Comparator.comparing(ClusterPolicy::tier)
          .thenComparingInt(ClusterPolicy::priority)
          .thenComparing(ClusterPolicy::name)
          .thenComparing(ClusterPolicy::kind);

  private Policies() {}

  /** The policies of the whole cluster, in the order in which they are asked. */
  static List<ClusterPolicy> ofCluster(Cluster cluster) {
    return Stream.of(
            Kind.ADMIN_NETWORK_POLICY,
            Kind.BASELINE_ADMIN_NETWORK_POLICY,
            Kind.CLUSTER_NETWORK_POLICY)
        .flatMap(kind -> cluster.all(kind).stream())
        .map(ClusterPolicy.class::cast)
        .sorted(ORDER)
        .toList();
  }

  /** What a NetworkPolicy allows in a direction. */
  static List<Clause> clauses(NetworkPolicy policy, Direction direction) {
    List<Clause> clauses = new ArrayList<>();
    PolicyRef ref = PolicyRef.of(policy);
    List<NetworkPolicy.Rule> rules = policy.rules(direction);
    for (int i = 0; i < rules.size(); i++) {
      NetworkPolicy.Rule rule = rules.get(i);
      PortMatcher ports = rule.ports().isEmpty() ? PortMatcher.EVERY : PortMatcher.of(rule.ports());
      clauses.addAll(
          rule.peers().isEmpty()
              ? List.of(everybody(ref, direction, i, ports))
              : clauses(ref, direction, Action.ACCEPT, i, rule.peers(), ports));
    }
    return clauses;
  }

  /** What a policy of the whole cluster decides in a direction, in its order. */
  static List<Clause> clauses(ClusterPolicy policy, Direction direction) {
    List<Clause> clauses = new ArrayList<>();
    List<ClusterPolicy.Rule> rules = policy.rules(direction);
    for (int i = 0; i < rules.size(); i++) {
      ClusterPolicy.Rule rule = rules.get(i);
      PortMatcher ports = rule.ports().map(PortMatcher::of).orElse(PortMatcher.EVERY);
      clauses.addAll(
          clauses(PolicyRef.of(policy), direction, rule.action(), i, rule.peers(), ports));
    }
    return clauses;
  }

  /** Whether a policy of the whole cluster is asked in this tier and about this pod. */
  static boolean isAsked(ClusterPolicy policy, Tier tier, Endpoint pod, Cluster cluster) {
    return policy.tier() == tier
        && PeerMatcher.of(policy.subject(), "").matches(pod, cluster::namespaceLabels);
  }

  private static Clause everybody(
      PolicyRef policy, Direction direction, int rule, PortMatcher ports) {
    return new Clause(
        policy,
        direction,
        Action.ACCEPT,
        rule,
        Optional.empty(),
        new PeerMatcher.Everybody(),
        ports);
  }

  private static List<Clause> clauses(
      PolicyRef policy,
      Direction direction,
      Action action,
      int rule,
      List<PolicyPeer> peers,
      PortMatcher ports) {
    List<Clause> clauses = new ArrayList<>();
    for (int i = 0; i < peers.size(); i++) {
      PeerMatcher matcher = PeerMatcher.of(peers.get(i), policy.namespace());
      clauses.add(new Clause(policy, direction, action, rule, Optional.of(i), matcher, ports));
    }
    return clauses;
  }
}
