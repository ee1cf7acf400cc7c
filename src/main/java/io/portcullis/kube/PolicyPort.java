package io.portcullis.kube;

import io.portcullis.net.Protocol;
import java.util.Optional;

/**
 * One entry in the list of ports of a NetworkPolicy rule.
 *
 * @param port empty: all ports of the protocol
 * @param endPort the upper end, included, of a range that {@code port} begins
 */
public record PolicyPort(Protocol protocol, Optional<PortRef> port, Optional<Integer> endPort) {
  /** Whether this entry alone opens all that another one opens, on whatever pod. */
  public boolean contains(PolicyPort other) {
    if (protocol != other.protocol()) {
      return false;
    }
    if (port.isEmpty() || equals(other)) {
      return true;
    }
    return port.get() instanceof PortRef.ByNumber from
        && other.port().orElse(null) instanceof PortRef.ByNumber wanted
        && from.port() <= wanted.port()
        && other.endPort().orElse(wanted.port()) <= endPort.orElse(from.port());
  }
}
