package io.portcullis.rules;

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
}
