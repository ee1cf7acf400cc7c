package io.portcullis.reach;

import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Contents;
import io.portcullis.cluster.PodGroup;
import io.portcullis.kube.ClusterPolicy;
import io.portcullis.kube.ClusterPolicy.Action;
import io.portcullis.kube.ClusterPolicy.Tier;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.net.Labels;
import io.portcullis.net.PortSet;
import io.portcullis.net.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who can reach whom in one picture, asked pair by pair. Making one costs nothing: what is asked is
 * looked up in the picture's indexes and remembered. For one thread.
 *
 * <p>To compare before and after a change make one of each picture and ask both.
 */
public final class Reach {
  private static final Comparator<NetworkPolicy> BY_NAME =
      Comparator.comparing(NetworkPolicy::name);

  private final Cluster cluster;
  private final List<ClusterPolicy> clusterPolicies;
  private final Map<Key, Stance> stances = new HashMap<>();
  private final Map<Asked, Stance> shared = new HashMap<>();
  private final Map<Said, List<Clause>> clauses = new HashMap<>();
  private final Map<String, Labels> namespaces = new HashMap<>();

  /** Who knows the stances of all pods but those of one namespace; null: nobody. */
  private final @Nullable Reach elsewhere;

  private final String here;

  /** All that policies heed of a pod when they select it. */
  private record Key(String namespace, Labels labels, Direction direction) {}

  /** What a policy says in a direction. */
  private record Said(PolicyRef policy, Direction direction) {}

  /** The policies that are asked, in order. */
  private record Asked(List<PolicyRef> policies, Direction direction) {}

  private Reach(
      Cluster cluster,
      List<ClusterPolicy> clusterPolicies,
      @Nullable Reach elsewhere,
      String here) {
    this.cluster = cluster;
    this.clusterPolicies = clusterPolicies;
    this.elsewhere = elsewhere;
    this.here = here;
  }

  public static Reach of(Cluster cluster) {
    return new Reach(cluster, Policies.ofCluster(cluster), null, "");
  }

  /** The same, were there NetworkPolicies alone and none of the cluster's own. */
  public Reach byNamespaces() {
    return clusterPolicies.isEmpty() ? this : new Reach(cluster, List.of(), null, "");
  }

  /**
   * The same after a change of nothing but NetworkPolicies of one namespace: what is known of the
   * pods of others holds.
   */
  public Reach changed(Cluster after, String namespace) {
    return new Reach(after, Policies.ofCluster(after), this, namespace);
  }

  /** What a NetworkPolicy allows in a direction, each of its rules' peers by itself. */
  public static List<Clause> allows(NetworkPolicy policy, Direction direction) {
    return Policies.clauses(policy, direction);
  }

  /** The picture that is asked. */
  public Cluster cluster() {
    return cluster;
  }

  /** What may pass from one peer to another; a pod to itself is always allowed and not asked. */
  public Connection between(Peer from, Peer to) {
    Optional<Endpoint> destination =
        to instanceof Endpoint pod ? Optional.of(pod) : Optional.empty();
    return new Connection(
        verdict(from, Direction.EGRESS, to, destination),
        verdict(to, Direction.INGRESS, from, destination));
  }

  /** The ports that are open from one peer to another: those of {@link #between}. */
  public PortSet open(Peer from, Peer to) {
    Optional<Endpoint> destination =
        to instanceof Endpoint pod ? Optional.of(pod) : Optional.empty();
    PortSet let = open(to, Direction.INGRESS, from, destination);
    return let.isEmpty() ? let : let.intersection(open(from, Direction.EGRESS, to, destination));
  }

  private PortSet open(Peer self, Direction direction, Peer other, Optional<Endpoint> destination) {
    return self instanceof Endpoint pod
        ? stance(pod, direction).open(clause -> isMeant(clause, other), destination)
        : PortSet.ALL;
  }

  /**
   * The ports that may be open from one pod to another: each whose addresses are not known may be
   * in any block that may hold pods. Whoever refuses something because it is closed asks this.
   *
   * @param mayHold whether pods may be in a block
   */
  public PortSet perhaps(Endpoint from, Endpoint to, Predicate<PeerMatcher.Addresses> mayHold) {
    PortSet sent = perhaps(from, Direction.EGRESS, to, to, mayHold);
    return sent.isEmpty()
        ? sent
        : sent.intersection(perhaps(to, Direction.INGRESS, from, to, mayHold));
  }

  private PortSet perhaps(
      Endpoint self,
      Direction direction,
      Endpoint other,
      Endpoint destination,
      Predicate<PeerMatcher.Addresses> mayHold) {
    return stance(self, direction)
        .open(
            clause ->
                (clause.matcher() instanceof PeerMatcher.Addresses block
                        && other.addresses().isEmpty())
                    ? clause.action() == Action.ACCEPT && mayHold.test(block)
                    : isMeant(clause, other),
            Optional.of(destination));
  }

  private Verdict verdict(
      Peer self, Direction direction, Peer other, Optional<Endpoint> destination) {
    return self instanceof Endpoint pod
        ? stance(pod, direction).decide(clause -> isMeant(clause, other), destination)
        : Verdict.FREE;
  }

  private boolean isMeant(Clause clause, Peer other) {
    return clause.matcher().matches(other, this::namespaceLabels);
  }

  private Labels namespaceLabels(String namespace) {
    return namespaces.computeIfAbsent(namespace, cluster::namespaceLabels);
  }

  /** What all policies over a pod say in a direction. */
  public Stance stance(Endpoint pod, Direction direction) {
    if (pod.hostNetwork()) {
      return Stance.FREE;
    }
    return elsewhere != null && !pod.namespace().equals(here)
        ? elsewhere.stance(pod, direction)
        : stances.computeIfAbsent(
            new Key(pod.namespace(), pod.labels(), direction), _ -> find(pod, direction));
  }

  /** Pods that the same policies select share one stance. */
  private Stance find(Endpoint pod, Direction direction) {
    List<ClusterPolicy> admin = asked(Tier.ADMIN, pod);
    List<NetworkPolicy> isolating = isolating(pod, direction);
    List<ClusterPolicy> baseline = asked(Tier.BASELINE, pod);
    List<PolicyRef> policies = new ArrayList<>();
    admin.forEach(policy -> policies.add(PolicyRef.of(policy)));
    isolating.forEach(policy -> policies.add(PolicyRef.of(policy)));
    baseline.forEach(policy -> policies.add(PolicyRef.of(policy)));
    return shared.computeIfAbsent(
        new Asked(policies, direction),
        _ ->
            new Stance(
                clauses(admin, direction),
                isolation(isolating, direction),
                clauses(baseline, direction)));
  }

  private List<ClusterPolicy> asked(Tier tier, Endpoint pod) {
    return clusterPolicies.isEmpty()
        ? List.of()
        : clusterPolicies.stream()
            .filter(policy -> Policies.isAsked(policy, tier, pod, cluster))
            .toList();
  }

  private Isolation isolation(List<NetworkPolicy> by, Direction direction) {
    return by.isEmpty()
        ? new Isolation.Open()
        : new Isolation.Isolated(by.stream().map(PolicyRef::of).toList(), clauses(by, direction));
  }

  private List<Clause> clauses(List<? extends KubeObject> policies, Direction direction) {
    List<Clause> all = new ArrayList<>();
    policies.forEach(policy -> all.addAll(clauses(policy, direction)));
    return all;
  }

  /** What a policy says in a direction. */
  List<Clause> clauses(KubeObject policy, Direction direction) {
    return clauses.computeIfAbsent(
        new Said(PolicyRef.of(policy), direction),
        _ ->
            switch (policy) {
              case NetworkPolicy own -> Policies.clauses(own, direction);
              case ClusterPolicy all -> Policies.clauses(all, direction);
              default -> throw new IllegalArgumentException(policy.kind().text() + " is no policy");
            });
  }

  /** The NetworkPolicies that isolate a pod in a direction, in the order of their names. */
  private List<NetworkPolicy> isolating(Endpoint pod, Direction direction) {
    List<NetworkPolicy> policies = cluster.in(pod.namespace()).policiesSelecting(pod.labels());
    policies.removeIf(policy -> !policy.policyTypes().contains(direction));
    policies.sort(BY_NAME);
    return policies;
  }

  /** The groups of pods that a NetworkPolicy selects, in no order. */
  public List<PodGroup> selected(NetworkPolicy policy) {
    return pods(policy.namespace(), policy.podSelector()).toList();
  }

  /**
   * The groups of pods that a clause's peer means by selector, in no order. Costs the carriers of
   * the rarest label that is asked for, in each namespace that matches; for a clause that means
   * everybody, all groups.
   */
  public List<PodGroup> meant(Clause clause) {
    return switch (clause.matcher()) {
      case PeerMatcher.Everybody _ ->
          cluster.namespaces().values().stream()
              .map(Contents::podGroups)
              .flatMap(groups -> groups.stream())
              .toList();
      case PeerMatcher.PodsHere here -> pods(here.namespace(), here.podSelector()).toList();
      case PeerMatcher.PodsOf of ->
          cluster.namespacesMatching(of.namespaceSelector()).stream()
              .flatMap(namespace -> pods(namespace, of.podSelector()))
              .toList();
      case PeerMatcher.Addresses _, PeerMatcher.Nobody _ -> List.of();
    };
  }

  private Stream<PodGroup> pods(String namespace, Selector selector) {
    return cluster.in(namespace).podsMatching(selector).stream()
        .filter(group -> !group.hostNetwork());
  }
}
