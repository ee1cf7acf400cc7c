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
  /** The label of the policies that the gate itself keeps in place. */
  public static final String MANAGED_BY_LABEL = "portcullis.io/managed-by";

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

  /** Whether the gate itself keeps it in place, as its label says. */
  public boolean isOurs() {
    return meta.labels().has(MANAGED_BY_LABEL);
  }

  @Override
  public NetworkPolicy facts() {
    Labels ours =
        meta.labels()
            .get(MANAGED_BY_LABEL)
            .map(by -> Labels.of(MANAGED_BY_LABEL, by))
            .orElse(Labels.EMPTY);
    return new NetworkPolicy(meta.facts(ours), podSelector, policyTypes, ingress, egress);
  }
}
