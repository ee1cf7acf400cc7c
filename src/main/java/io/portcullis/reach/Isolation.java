package io.portcullis.reach;

import java.util.List;

/** What the NetworkPolicies over a pod say in one direction. */
public sealed interface Isolation {
  /** No policy selects the pod in this direction: everything passes. */
  record Open() implements Isolation {}

  /**
   * Only what some policy allows passes.
   *
   * @param by the policies that select the pod, at least one, in the order of their names
   * @param allows what any of them allows; none: nothing passes
   */
  record Isolated(List<PolicyRef> by, List<Clause> allows) implements Isolation {
    public Isolated {
      by = List.copyOf(by);
      allows = List.copyOf(allows);
      if (by.isEmpty()) {
        throw new IllegalArgumentException("a pod that no policy selects is not isolated");
      }
    }
  }
}
