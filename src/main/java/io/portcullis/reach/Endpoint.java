package io.portcullis.reach;

import io.portcullis.cluster.PodGroup;
import io.portcullis.kube.ContainerPort;
import io.portcullis.kube.Pod;
import io.portcullis.kube.PodSpec;
import io.portcullis.net.Address;
import io.portcullis.net.Labels;
import io.portcullis.net.PortSet;
import io.portcullis.net.Protocol;
import java.util.Comparator;
import java.util.List;

/**
 * A pod as policies see it: equal endpoints connect equally.
 *
 * @param namedPorts the container ports that have a name, without their host ports
 * @param hostNetwork whether it is in the network of its node: no policy selects it, no selector
 *     matches it as a peer
 * @param addresses empty where they are not known: then no block matches it
 */
public record Endpoint(
    String namespace,
    Labels labels,
    List<ContainerPort> namedPorts,
    boolean hostNetwork,
    List<Address> addresses)
    implements Peer {
  private static final int HIGHEST_PORT = 65_535;

  private static final Comparator<ContainerPort> ORDER =
      Comparator.comparing(ContainerPort::name)
          .thenComparing(ContainerPort::protocol)
          .thenComparingInt(ContainerPort::port);

  public Endpoint {
    namedPorts = named(namedPorts);
    addresses =
        addresses.size() < 2
            ? List.copyOf(addresses)
            : addresses.stream().sorted().distinct().toList();
  }

  /** A pod of a group; the picture does not know its addresses. */
  public static Endpoint of(PodGroup group) {
    return new Endpoint(
        group.namespace(), group.labels(), group.ports(), group.hostNetwork(), List.of());
  }

  /** A pod with the addresses that it has. */
  public static Endpoint of(Pod pod) {
    return new Endpoint(
        pod.namespace(),
        pod.meta().labels(),
        pod.spec().ports(),
        pod.spec().hostNetwork(),
        pod.addresses().stream().flatMap(text -> Address.tryParse(text).stream()).toList());
  }

  /**
   * A pod that will be made from a template.
   *
   * @param labels of the template, with those that pods get beside them
   */
  public static Endpoint of(String namespace, Labels labels, PodSpec spec) {
    return new Endpoint(namespace, labels, spec.ports(), spec.hostNetwork(), List.of());
  }

  /** The numbers that a name stands for on this pod; no port where it has none of that name. */
  public PortSet named(String name, Protocol protocol) {
    PortSet found = PortSet.NONE;
    for (ContainerPort port : namedPorts) {
      if (port.protocol() == protocol && port.name().equals(name)) {
        found = found.union(PortSet.of(protocol, port.port()));
      }
    }
    return found;
  }

  private static List<ContainerPort> named(List<ContainerPort> ports) {
    return isNamed(ports) ? List.copyOf(ports) : made(ports);
  }

  /** Whether they are in order already, as those of most pods are. */
  private static boolean isNamed(List<ContainerPort> ports) {
    for (int i = 0; i < ports.size(); i++) {
      ContainerPort port = ports.get(i);
      if (!isNamed(port)
          || port.hostPort() != 0
          || (i > 0 && ORDER.compare(ports.get(i - 1), port) >= 0)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNamed(ContainerPort port) {
    return !port.name().isEmpty() && port.port() >= 1 && port.port() <= HIGHEST_PORT;
  }

  private static List<ContainerPort> made(List<ContainerPort> ports) {
    return ports.stream()
        .filter(Endpoint::isNamed)
        .map(port -> new ContainerPort(port.name(), port.port(), port.protocol(), 0))
        .sorted(ORDER)
        .distinct()
        .toList();
  }
}
