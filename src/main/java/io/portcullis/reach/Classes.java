package io.portcullis.reach;

import io.portcullis.kube.ContainerPort;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.kube.PolicyPort;
import io.portcullis.kube.PortRef;
import io.portcullis.net.Address;
import io.portcullis.net.PortSet;
import io.portcullis.net.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Pods and addresses in classes that no policy tells apart: the same policies select them, the same
 * clauses mean them, and the port names that policies use stand for the same numbers.
 */
final class Classes {
  private final Elements elements;
  private final Partition partition;
  private final int[] representatives;
  private final Map<PeerMatcher, int[]> meant = new HashMap<>();

  /** A port's name, as a policy asks for it. */
  private record Name(String name, Protocol protocol) {}

  /** What a name stands for on some pods. */
  private record Named(Name name, PortSet ports) {}

  private Classes(Elements elements, Partition partition) {
    this.elements = elements;
    this.partition = partition;
    this.representatives = partition.representatives();
  }

  static Classes of(Elements elements, AllPolicies policies) {
    Partition partition = new Partition(elements.size());
    int pods = elements.pods().size();
    partition.split(ofFamily(elements, pods, Address.Family.IPV4));
    partition.split(ofFamily(elements, pods, Address.Family.IPV6));
    partition.split(
        IntStream.range(0, pods).filter(i -> elements.pods().get(i).hostNetwork()).toArray());
    policies.subjects().forEach(subject -> partition.split(elements.meant(subject)));
    Set<Name> names = new HashSet<>();
    Set<PeerMatcher> told = new HashSet<>();
    for (Direction direction : Direction.values()) {
      for (Clause clause : policies.clauses(direction)) {
        clause.ports().named().forEach(entry -> name(entry, names));
        if (told.add(clause.matcher())) {
          partition.split(elements.meant(clause.matcher()));
        }
      }
    }
    splitByNames(elements, names, partition);
    return new Classes(elements, partition);
  }

  private static int[] ofFamily(Elements elements, int pods, Address.Family family) {
    return IntStream.range(pods, elements.size())
        .filter(i ->
            elements.peer(i) instanceof Outside outside
                && outside.range().first().family() == family)
        .toArray();
  }

  private static void name(PolicyPort entry, Set<Name> names) {
    if (entry.port().orElse(null) instanceof PortRef.ByName named) {
      names.add(new Name(named.name(), entry.protocol()));
    }
  }

  private static void splitByNames(Elements elements, Set<Name> names, Partition partition) {
    Map<Named, List<Integer>> groups = new HashMap<>();
    for (int i = 0; i < elements.pods().size(); i++) {
      Endpoint pod = elements.pods().get(i);
      Set<Named> its = new HashSet<>();
      for (ContainerPort port : pod.namedPorts()) {
        Name name = new Name(port.name(), port.protocol());
        if (names.contains(name)) {
          its.add(new Named(name, pod.named(port.name(), port.protocol())));
        }
      }
      for (Named named : its) {
        groups.computeIfAbsent(named, _ -> new ArrayList<>()).add(i);
      }
    }
    groups
        .values()
        .forEach(group -> partition.split(group.stream().mapToInt(Integer::intValue).toArray()));
  }

  /** How many there are. */
  int size() {
    return partition.size();
  }

  /** One of the class. */
  Peer representative(int one) {
    return elements.peer(representatives[one]);
  }

  /** The classes whose pods give some port a name. */
  IntStream withNames() {
    return IntStream.range(0, size())
        .filter(one -> representative(one) instanceof Endpoint pod && !pod.namedPorts().isEmpty());
  }

  int classOf(Endpoint pod) {
    return partition.classOf(elements.numberOf(pod));
  }

  /** The class of a cell of the address space. */
  int classOfCell(int cell) {
    return partition.classOf(elements.numberOfCell(cell));
  }

  /** The classes that a matcher means, ascending. */
  int[] meant(PeerMatcher matcher) {
    return meant.computeIfAbsent(matcher, _ -> partition.classesOf(elements.meant(matcher)));
  }
}
