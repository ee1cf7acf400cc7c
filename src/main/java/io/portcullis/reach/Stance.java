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

  /** All clauses, in no particular order. */
  List<Clause> clauses() {
    List<Clause> all = new ArrayList<>(admin);
    if (isolation instanceof Isolation.Isolated isolated) {
      all.addAll(isolated.allows());
    }
    all.addAll(baseline);
    return all;
  }

  /**
   * Decides about one other end.
   *
   * @param matches which clauses mean it
   * @param destination the pod that the connections go to; empty where they leave for addresses
   */
  Verdict decide(Predicate<Clause> matches, Optional<Endpoint> destination) {
    return new Walk(matches, destination).through(this);
  }

  /** One walk through the tiers. */
  private static final class Walk {
    private final Predicate<Clause> matches;
    private final Optional<Endpoint> destination;
    private final List<Verdict.Reason> reasons = new ArrayList<>();
    private PortSet open = PortSet.NONE;

    Walk(Predicate<Clause> matches, Optional<Endpoint> destination) {
      this.matches = matches;
      this.destination = destination;
    }

    Verdict through(Stance stance) {
      PortSet left = firstOf(stance.admin, PortSet.ALL);
      switch (stance.isolation) {
        case Isolation.Open _ -> {
          PortSet unsaid = firstOf(stance.baseline, left);
          open = open.union(unsaid);
        }
        case Isolation.Isolated isolated -> anyOf(isolated.allows(), left);
      }
      return new Verdict(open, stance.isolatedBy(), reasons);
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
      if (asked.isEmpty() || !matches.test(clause)) {
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
