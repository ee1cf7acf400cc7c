package io.portcullis.rules;

import io.portcullis.finding.Change;
import io.portcullis.finding.Finding;
import java.util.List;

/** One judge with one question. Stateless and safe for any number of callers. */
public interface Rule {
  /** The facts at the top of the rule's page. */
  RuleInfo info();

  /**
   * What the rule has to say about a change; empty where it has nothing to say. Called only for the
   * kinds and operations that {@link #info()} names, and never for a change that touches no facts.
   */
  List<Finding> judge(Question question);

  /**
   * Whether what it says of such a change takes microseconds however big the cluster is. The thread
   * that read the request asks then, which saves two changes of threads: many requests are on it,
   * so that a rule that walks over more than the change names must not say so.
   */
  default boolean isQuick(Change change) {
    return false;
  }
}
