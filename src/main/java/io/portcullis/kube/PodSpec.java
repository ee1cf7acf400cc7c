package io.portcullis.kube;

import io.portcullis.net.Protocol;
import java.util.List;

/**
 * What rules read of a pod's spec, in a pod or in a template.
 *
 * @param asksClusterDns whether {@code dnsPolicy} has it ask the cluster's DNS: all but {@code
 *     None} and {@code Default}
 * @param ports of all containers, native sidecars (restartable init containers) included
 * @param hostPorts where the ports of its node are written, in the order of the ports that take one
 * @param hasSilentContainer whether some container declares no port at all: it may listen on any
 * @param nodeName empty while it is not scheduled
 * @param schedulingGates names of the gates
 */
public record PodSpec(
    boolean hostNetwork,
    boolean asksClusterDns,
    List<ContainerPort> ports,
    List<FieldPath> hostPorts,
    boolean hasSilentContainer,
    String nodeName,
    List<String> schedulingGates) {
  public static final PodSpec EMPTY =
      new PodSpec(false, true, List.of(), List.of(), true, "", List.of());

  public PodSpec {
    ports = List.copyOf(ports);
    hostPorts = List.copyOf(hostPorts);
    schedulingGates = List.copyOf(schedulingGates);
  }

  /** Whether a container declares the port for the protocol. */
  public boolean declares(PortRef port, Protocol protocol) {
    return ports.stream().anyMatch(declared -> declared.is(port, protocol));
  }
}
