package io.portcullis.reach;

import io.portcullis.kube.ClusterPolicy.Action;
import io.portcullis.net.PortSet;
import java.util.List;

/**
 * What the policies over one end of a connection say of the other end.
 *
 * @param open the ports that they leave open
 * @param isolatedBy the NetworkPolicies that close whatever nothing allows; none: it is open
 * @param reasons the clauses that decided, each with the ports that it decided about, in the order
 *     in which they were asked; NetworkPolicies may name a port more than once
 */
public record Verdict(PortSet open, List<PolicyRef> isolatedBy, List<Reason> reasons) {
  /** No policy says anything. */
  public static final Verdict FREE = new Verdict(PortSet.ALL, List.of(), List.of());

  /** A clause that matched, and the ports that it decided about. */
  public record Reason(Clause clause, PortSet ports) {}

  public Verdict {
    isolatedBy = List.copyOf(isolatedBy);
    reasons = List.copyOf(reasons);
  }

  /** The clauses that did this with some port. */
  public List<Reason> reasons(Action action) {
    return reasons.stream().filter(reason -> reason.clause().action() == action).toList();
  }
}
