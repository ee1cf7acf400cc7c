package io.portcullis.reach;

import io.portcullis.kube.ContainerPort;
import io.portcullis.net.PortSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What one stance leaves open towards each class of peers, or lets in from each: one set of ports
 * for most of them, and for some another.
 */
final class Row {
  private final PortSet otherwise;
  private final int[] others;
  private final List<PortSet> ports;

  private Row(PortSet otherwise, int[] others, List<PortSet> ports) {
    this.otherwise = otherwise;
    this.others = others;
    this.ports = ports;
  }

  /** No policy: everything is open. */
  static final Row FREE = new Row(PortSet.ALL, new int[0], List.of());

  /** What a stance says of egress: the other end is the destination. */
  static Row ofEgress(Stance stance, Classes classes) {
    return new Making(stance, Optional.empty(), classes).row();
  }

  /** What a stance says of ingress to a pod. */
  static Row ofIngress(Stance stance, Endpoint self, Classes classes) {
    return new Making(stance, Optional.of(self), classes).row();
  }

  /** The ports that are open towards, or from, a class. */
  PortSet at(int one) {
    int at = Arrays.binarySearch(others, one);
    return at >= 0 ? ports.get(at) : otherwise;
  }

  /** The ports that are open for all but {@link #others}. */
  PortSet otherwise() {
    return otherwise;
  }

  /** The classes for which other ports are open, ascending. */
  int[] others() {
    return others;
  }

  /** One row in the making. */
  private static final class Making {
    private final Stance stance;
    private final Optional<Endpoint> self;
    private final Classes classes;
    private final List<Clause> clauses;

    /** Places of the clauses that mean everybody. */
    private final List<Integer> always = new ArrayList<>();

    private final Map<Case, PortSet> decided = new HashMap<>();

    /** What a decision depends on. */
    private record Case(List<Integer> matching, List<ContainerPort> names) {}

    Making(Stance stance, Optional<Endpoint> self, Classes classes) {
      this.stance = stance;
      this.self = self;
      this.classes = classes;
      this.clauses = stance.clauses();
    }

    Row row() {
      Map<Integer, List<Integer>> matching = matching();
      PortSet otherwise = decide(always, Optional.empty());
      List<Integer> others = new ArrayList<>();
      List<PortSet> ports = new ArrayList<>();
      matching.forEach((one, more) -> {
        PortSet open =
            decide(
                Stream.concat(always.stream(), more.stream()).sorted().toList(),
                Optional.of(classes.representative(one)));
        if (!open.equals(otherwise)) {
          others.add(one);
          ports.add(open);
        }
      });
      return new Row(otherwise, others.stream().mapToInt(Integer::intValue).toArray(), ports);
    }

    /** The places of the clauses that mean each class, ascending, by class. */
    private Map<Integer, List<Integer>> matching() {
      Map<Integer, List<Integer>> matching = new TreeMap<>();
      for (int i = 0; i < clauses.size(); i++) {
        PeerMatcher matcher = clauses.get(i).matcher();
        if (matcher instanceof PeerMatcher.Everybody) {
          always.add(i);
        } else {
          for (int one : classes.meant(matcher)) {
            matching.computeIfAbsent(one, _ -> new ArrayList<>()).add(i);
          }
        }
      }
      // Where everybody is meant on a port that has a name, each destination has its own number.
      if (self.isEmpty() && always.stream().anyMatch(this::isNamed)) {
        classes.withNames().forEach(one -> matching.computeIfAbsent(one, _ -> new ArrayList<>()));
      }
      return matching;
    }

    private PortSet decide(List<Integer> matching, Optional<Peer> other) {
      Optional<Endpoint> destination =
          self.or(() -> other.filter(Endpoint.class::isInstance).map(Endpoint.class::cast));
      boolean named = self.isEmpty() && matching.stream().anyMatch(this::isNamed);
      List<ContainerPort> names =
          named ? destination.map(Endpoint::namedPorts).orElse(List.of()) : List.of();
      return decided.computeIfAbsent(
          new Case(matching, names), _ -> stance.decide(matching, destination).open());
    }

    private boolean isNamed(int place) {
      return !clauses.get(place).ports().named().isEmpty();
    }
  }
}
