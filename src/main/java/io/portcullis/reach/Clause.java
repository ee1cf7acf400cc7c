package io.portcullis.reach;

import io.portcullis.kube.ClusterPolicy.Action;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.net.PortSet;
import java.util.Optional;

/**
 * One peer of one rule of a policy: what becomes of connections with it.
 *
 * @param rule the rule's place in {@code ingress} or {@code egress}, from 0
 * @param peer the peer's place in {@code from} or {@code to}; empty where the rule names none
 * @param matcher whom it means
 */
public record Clause(
    PolicyRef policy,
    Direction direction,
    Action action,
    int rule,
    Optional<Integer> peer,
    PeerMatcher matcher,
    PortMatcher ports) {
  /** Where it stands in the policy: {@code spec.ingress[0].from[1]}. */
  public FieldPath path() {
    boolean in = direction == Direction.INGRESS;
    FieldPath path = FieldPath.of("spec", in ? "ingress" : "egress").index(rule);
    return peer.map(at -> path.field(in ? "from" : "to").index(at)).orElse(path);
  }

  /** The same, wherever in its policy it stands: what two versions of a policy both say. */
  public Clause anywhere() {
    return new Clause(policy, direction, action, 0, Optional.empty(), matcher, ports);
  }

  /**
   * The ports that it means where the connection goes there. A block does not say which pod's names
   * are meant: towards it a name is no port, even where the block holds a pod's address.
   *
   * @param destination empty where it is no pod
   */
  public PortSet portsOn(Optional<Endpoint> destination) {
    boolean named = direction == Direction.INGRESS || !(matcher instanceof PeerMatcher.Addresses);
    return ports.on(named ? destination : Optional.empty());
  }
}
