package io.portcullis.kube;

import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.net.Labels;
import java.util.List;
import java.util.Optional;

/**
 * A policy of the whole cluster: an AdminNetworkPolicy or BaselineAdminNetworkPolicy ({@code
 * policy.networking.k8s.io/v1alpha1}), or a ClusterNetworkPolicy ({@code v1alpha2}).
 *
 * @param priority 0 to 1000, the lowest is asked first; 0 for a BaselineAdminNetworkPolicy
 * @param subject the pods that it is about; never those in the network of their node
 */
public record ClusterPolicy(
    Kind kind,
    Meta meta,
    Tier tier,
    int priority,
    PolicyPeer subject,
    List<Rule> ingress,
    List<Rule> egress)
    implements KubeObject {
  /** When a policy is asked: before NetworkPolicies, or where none selects the pod. */
  public enum Tier {
    ADMIN,
    BASELINE
  }

  /** What a rule does with the connections that it matches. */
  public enum Action {
    /** {@code Allow} of an AdminNetworkPolicy, {@code Accept} of a ClusterNetworkPolicy. */
    ACCEPT,
    DENY,
    /** Asks nobody else in its tier. */
    PASS
  }

  /**
   * One rule: the first of all that matches decides.
   *
   * @param peers in the order of the manifest; a rule without any matches nothing
   * @param ports empty where the field is absent: every port. A port that nobody can have (another
   *     protocol, a range whose end is before its start) is not in the list, and an empty list
   *     matches nothing
   */
  public record Rule(Action action, List<PolicyPeer> peers, Optional<List<PolicyPort>> ports) {
    public Rule {
      peers = List.copyOf(peers);
      ports = ports.map(List::copyOf);
    }
  }

  public ClusterPolicy {
    ingress = List.copyOf(ingress);
    egress = List.copyOf(egress);
  }

  /** The rules of a direction. */
  public List<Rule> rules(Direction direction) {
    return switch (direction) {
      case INGRESS -> ingress;
      case EGRESS -> egress;
    };
  }

  @Override
  public ClusterPolicy facts() {
    return new ClusterPolicy(
        kind, meta.facts(Labels.EMPTY), tier, priority, subject, ingress, egress);
  }
}
