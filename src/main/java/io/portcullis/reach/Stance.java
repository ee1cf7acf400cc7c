package io.portcullis.reach;

import io.portcullis.net.PortSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What all policies over a pod say in one direction, in the order in which they are asked. Many
 * pods share one.
 *
 * @param admin clauses of the admin tier, the first that matches decides
 * @param baseline clauses of the baseline tier, asked only where no NetworkPolicy isolates the pod
 */
public record Stance(List<Clause> admin, Isolation isolation, List<Clause> baseline) {
  /** No policy at all. */
  public static final Stance FREE = new Stance(List.of(), new Isolation.Open(), List.of());

  public Stance {
    admin = List.copyOf(admin);
    baseline = List.copyOf(baseline);
  }

  /** The policies that isolate the pod, in the order of their names; none where it is open. */
  public List<PolicyRef> isolatedBy() {
    return switch (isolation) {
      case Isolation.Open _ -> List.of();
      case Isolation.Isolated isolated -> isolated.by();
    };
  }

  /** All clauses: of the admin tier, then what NetworkPolicies allow, then of the baseline. */
  List<Clause> clauses() {
    List<Clause> all = new ArrayList<>(admin);
    if (isolation instanceof Isolation.Isolated isolated) {
      all.addAll(isolated.allows());
    }
    all.addAll(baseline);
    return all;
  }

  /** Whether some clause speaks of a port by its name. */
  boolean usesNames() {
    return clauses().stream().anyMatch(clause -> !clause.ports().named().isEmpty());
  }

  /**
   * Decides about one other end.
   *
   * @param matches which clauses mean it
   * @param destination the pod that the connections go to; empty where they leave for addresses
   */
  public Verdict decide(Predicate<Clause> matches, Optional<Endpoint> destination) {
    // Most pods of most clusters: nothing is said of them.
    if (isolation instanceof Isolation.Open && admin.isEmpty() && baseline.isEmpty()) {
      return Verdict.FREE;
    }
    return new Walk(isolatedBy(), destination)
        .through(those(admin, matches), those(allows(), matches), those(baseline, matches));
  }

  /**
   * The ports that {@link #decide} leaves open, without the reasons: reviews ask this of thousands
   * of pairs, of which most know NetworkPolicies alone.
   */
  PortSet open(Predicate<Clause> matches, Optional<Endpoint> destination) {
    if (!admin.isEmpty() || !(isolation instanceof Isolation.Isolated isolated)) {
      return decide(matches, destination).open();
    }
    PortSet open = PortSet.NONE;
    for (Clause clause : isolated.allows()) {
      if (matches.test(clause)) {
        open = open.union(clause.portsOn(destination));
      }
    }
    return open;
  }

  private static List<Clause> those(List<Clause> clauses, Predicate<Clause> matches) {
    List<Clause> matching = List.of();
    for (Clause clause : clauses) {
      if (matches.test(clause)) {
        matching = matching.isEmpty() ? new ArrayList<>() : matching;
        matching.add(clause);
      }
    }
    return matching;
  }

  /**
   * Decides about an other end that these of {@link #clauses()} mean.
   *
   * @param matching their places, ascending
   */
  Verdict decide(List<Integer> matching, Optional<Endpoint> destination) {
    int allowed = admin.size();
    int base = allowed + allows().size();
    return new Walk(isolatedBy(), destination)
        .through(
            matching.stream().filter(i -> i < allowed).map(admin::get).toList(),
            matching.stream()
                .filter(i -> i >= allowed && i < base)
                .map(i -> allows().get(i - allowed))
                .toList(),
            matching.stream().filter(i -> i >= base).map(i -> baseline.get(i - base)).toList());
  }

  private List<Clause> allows() {
    return switch (isolation) {
      case Isolation.Open _ -> List.of();
      case Isolation.Isolated isolated -> isolated.allows();
    };
  }

  /** One walk through the tiers, past the clauses that mean the other end. */
  private static final class Walk {
    private final List<PolicyRef> isolatedBy;
    private final Optional<Endpoint> destination;
    private final List<Verdict.Reason> reasons = new ArrayList<>();
    private PortSet open = PortSet.NONE;

    Walk(List<PolicyRef> isolatedBy, Optional<Endpoint> destination) {
      this.isolatedBy = isolatedBy;
      this.destination = destination;
    }

    Verdict through(List<Clause> admin, List<Clause> allows, List<Clause> baseline) {
      PortSet left = firstOf(admin, PortSet.ALL);
      if (isolatedBy.isEmpty()) {
        PortSet unsaid = firstOf(baseline, left);
        open = open.union(unsaid);
      } else {
        anyOf(allows, left);
      }
      return new Verdict(open, isolatedBy, reasons);
    }

    /** Of clauses in order the first decides; what is left for the next tier. */
    private PortSet firstOf(List<Clause> clauses, PortSet asked) {
      PortSet undecided = asked;
      PortSet passed = PortSet.NONE;
      for (Clause clause : clauses) {
        PortSet ports = meant(clause, undecided);
        undecided = undecided.minus(ports);
        switch (clause.action()) {
          case ACCEPT -> open = open.union(ports);
          case PASS -> passed = passed.union(ports);
          case DENY -> {}
        }
      }
      return undecided.union(passed);
    }

    /** NetworkPolicies add up. */
    private void anyOf(List<Clause> allows, PortSet asked) {
      for (Clause allow : allows) {
        open = open.union(meant(allow, asked));
      }
    }

    private PortSet meant(Clause clause, PortSet asked) {
      if (asked.isEmpty()) {
        return PortSet.NONE;
      }
      PortSet ports = clause.portsOn(destination).intersection(asked);
      if (!ports.isEmpty()) {
        reasons.add(new Verdict.Reason(clause, ports));
      }
      return ports;
    }
  }
}
