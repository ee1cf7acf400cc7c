package io.portcullis.reach;

import io.portcullis.cluster.Contents;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.net.AddressRange;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every policy of a picture at once. */
final class AllPolicies {
  private final List<PeerMatcher> subjects = new ArrayList<>();
  private final Map<Direction, List<Clause>> clauses = new EnumMap<>(Direction.class);

  AllPolicies(Reach reach) {
    for (Direction direction : Direction.values()) {
      clauses.put(direction, new ArrayList<>());
    }
    for (Contents namespace : reach.cluster().namespaces().values()) {
      for (NetworkPolicy policy : namespace.networkPolicies()) {
        subjects.add(new PeerMatcher.PodsHere(policy.namespace(), policy.podSelector()));
        policy.policyTypes().forEach(direction -> add(reach, policy, direction));
      }
    }
    Policies.ofCluster(reach.cluster())
        .forEach(policy -> {
          subjects.add(PeerMatcher.of(policy.subject(), ""));
          Stream.of(Direction.values()).forEach(direction -> add(reach, policy, direction));
        });
  }

  private void add(Reach reach, KubeObject policy, Direction direction) {
    Optional.ofNullable(clauses.get(direction))
        .orElseThrow()
        .addAll(reach.clauses(policy, direction));
  }

  /** The pods that each policy is about. */
  List<PeerMatcher> subjects() {
    return subjects;
  }

  /** What all of them say in a direction. */
  List<Clause> clauses(Direction direction) {
    return clauses.getOrDefault(direction, List.of());
  }

  /** The ranges of addresses that some clause names. */
  List<AddressRange> ranges() {
    return Stream.of(Direction.values())
        .flatMap(direction -> clauses(direction).stream())
        .map(Clause::matcher)
        .filter(PeerMatcher.Addresses.class::isInstance)
        .map(PeerMatcher.Addresses.class::cast)
        .flatMap(each -> Stream.concat(each.ranges().stream(), each.except().stream()))
        .distinct()
        .toList();
  }
}
