package io.portcullis.kube;

import io.portcullis.net.Protocol;
import java.util.Optional;

/**
 * One entry in the list of ports of a NetworkPolicy rule.
 *
 * @param port empty: all ports of the protocol
 * @param endPort the upper end, included, of a range that {@code port} begins
 */
public record PolicyPort(Protocol protocol, Optional<PortRef> port, Optional<Integer> endPort) {}
