package io.portcullis.kube;

import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.List;
import java.util.Set;

/**
 * A NetworkPolicy of {@code networking.k8s.io/v1}.
 *
 * @param policyTypes the directions in which it isolates the pods it selects; where the manifest
 *     gives none: ingress, and egress too if there is an egress rule
 */
public record NetworkPolicy(
    Meta meta,
    Selector podSelector,
    Set<Direction> policyTypes,
    List<Rule> ingress,
    List<Rule> egress)
    implements KubeObject {
  /** The way of traffic as a pod sees it. */
  public enum Direction {
    INGRESS("Ingress"),
    EGRESS("Egress");

    private final String text;

    Direction(String text) {
      this.text = text;
    }

    /** As in {@code policyTypes}. */
    public String text() {
      return text;
    }
  }

  /**
   * One allow: traffic with one of the peers on one of the ports.
   *
   * @param peers empty: everybody, as the API reads an absent and an empty list alike
   * @param ports empty: every port
   */
  public record Rule(List<PolicyPeer> peers, List<PolicyPort> ports) {
    public Rule {
      peers = List.copyOf(peers);
      ports = List.copyOf(ports);
    }
  }

  public NetworkPolicy {
    policyTypes = Set.copyOf(policyTypes);
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
  public Kind kind() {
    return Kind.NETWORK_POLICY;
  }

  @Override
  public NetworkPolicy facts() {
    return new NetworkPolicy(meta.facts(Labels.EMPTY), podSelector, policyTypes, ingress, egress);
  }
}
