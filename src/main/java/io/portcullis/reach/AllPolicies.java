package io.portcullis.reach;

import io.portcullis.cluster.Contents;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.net.Address;
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

  /** What policies say in directions that they are not about: it decides nothing. */
  private final List<Clause> idle = new ArrayList<>();

  AllPolicies(Reach reach) {
    for (Direction direction : Direction.values()) {
      clauses.put(direction, new ArrayList<>());
    }
    for (Contents namespace : reach.cluster().namespaces().values()) {
      for (NetworkPolicy policy : namespace.networkPolicies()) {
        subjects.add(new PeerMatcher.PodsHere(policy.namespace(), policy.podSelector()));
        for (Direction direction : Direction.values()) {
          if (policy.policyTypes().contains(direction)) {
            add(reach, policy, direction);
          } else {
            idle.addAll(Policies.clauses(policy, direction));
          }
        }
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

  /**
   * The ranges of addresses that some clause names; all of IPv6 where only idle ones name some of
   * it.
   */
  List<AddressRange> ranges() {
    Stream<AddressRange> named =
        Stream.of(Direction.values()).flatMap(direction -> ranges(clauses(direction)));
    Stream<AddressRange> unused =
        ranges(idle)
            .filter(range -> range.first().family() == Address.Family.IPV6)
            .map(_ -> AddressSpace.IPV6);
    return Stream.concat(named, unused).distinct().toList();
  }

  private static Stream<AddressRange> ranges(List<Clause> clauses) {
    return clauses.stream()
        .map(Clause::matcher)
        .filter(PeerMatcher.Addresses.class::isInstance)
        .map(PeerMatcher.Addresses.class::cast)
        .flatMap(each -> Stream.concat(each.ranges().stream(), each.except().stream()));
  }
}
