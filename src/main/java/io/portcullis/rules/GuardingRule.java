package io.portcullis.rules;

import io.portcullis.cluster.Cluster;
import io.portcullis.finding.Change;
import io.portcullis.settings.Settings;

/**
 * A rule that keeps what isolates pods. Elsewhere a stale picture is no harm as long as it only
 * says yes; here it would let the last of two policies go because it still sees the first.
 */
public interface GuardingRule extends Rule {
  /**
   * Whether the rule must be asked this of the NetworkPolicies that are stored now, one change
   * after the other.
   */
  boolean guards(Change change, Cluster picture, Settings settings);
}
