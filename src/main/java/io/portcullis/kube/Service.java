package io.portcullis.kube;

import io.portcullis.net.Labels;
import io.portcullis.net.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Service.
 *
 * @param selector empty where there is none: then its endpoints are somebody else's to write; an
 *     empty selector in the manifest counts as none
 * @param clusterIp {@code None} for a headless Service, empty while none is allocated
 */
public record Service(
    Meta meta,
    Type type,
    Optional<Labels> selector,
    String clusterIp,
    List<ServicePort> ports,
    Addresses addresses)
    implements KubeObject {
  /** How a Service is reached. Source: core/v1 ServiceSpec.type. */
  public enum Type {
    CLUSTER_IP("ClusterIP"),
    NODE_PORT("NodePort"),
    LOAD_BALANCER("LoadBalancer"),
    EXTERNAL_NAME("ExternalName");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    /** As in a manifest. */
    public String text() {
      return text;
    }

    public static Optional<Type> of(String text) {
      for (Type each : values()) {
        if (each.text.equals(text)) {
          return Optional.of(each);
        }
      }
      return Optional.empty();
    }
  }

  /** Where nodes send what clients outside the cluster ask of them. */
  public enum ExternalTraffic {
    /** To pods on any node; they may see the address of the node instead of the client's. */
    CLUSTER("Cluster"),
    /** To pods on the same node, which see the client's address. */
    LOCAL("Local");

    private final String text;

    ExternalTraffic(String text) {
      this.text = text;
    }

    /** As in a manifest. */
    public String text() {
      return text;
    }

    public static Optional<ExternalTraffic> of(String text) {
      for (ExternalTraffic each : values()) {
        if (each.text.equals(text)) {
          return Optional.of(each);
        }
      }
      return Optional.empty();
    }
  }

  /**
   * The addresses that a Service has or is given, and what becomes of those who come by them.
   *
   * @param families {@code IPv4}, {@code IPv6}; empty where that is left to the API server
   * @param loadBalancerClass empty for the cluster's own
   */
  public record Addresses(
      List<String> families,
      List<String> externalIps,
      String loadBalancerClass,
      List<String> loadBalancerSourceRanges,
      boolean allocatesNodePorts,
      ExternalTraffic externalTrafficPolicy) {
    /** Of a Service that says nothing about them. */
    public static final Addresses DEFAULT =
        new Addresses(List.of(), List.of(), "", List.of(), true, ExternalTraffic.CLUSTER);

    public Addresses {
      families = List.copyOf(families);
      externalIps = List.copyOf(externalIps);
      loadBalancerSourceRanges = List.copyOf(loadBalancerSourceRanges);
    }

    /** The same of these families. */
    public Addresses withFamilies(List<String> others) {
      return new Addresses(
          others,
          externalIps,
          loadBalancerClass,
          loadBalancerSourceRanges,
          allocatesNodePorts,
          externalTrafficPolicy);
    }

    /**
     * Whether somebody who has two such Services wants both: they are reached at other addresses,
     * or by others. What the API server has not filled in yet tells nothing.
     */
    public boolean tellApart(Addresses other) {
      boolean otherFamilies =
          !families.isEmpty() && !other.families.isEmpty() && !families.equals(other.families);
      return otherFamilies
          || externalTrafficPolicy != other.externalTrafficPolicy
          || !externalIps.equals(other.externalIps)
          || !loadBalancerClass.equals(other.loadBalancerClass)
          || !loadBalancerSourceRanges.equals(other.loadBalancerSourceRanges);
    }

    /** The same by these external IPs. */
    public Addresses withExternalIps(List<String> ips) {
      return new Addresses(
          families,
          ips,
          loadBalancerClass,
          loadBalancerSourceRanges,
          allocatesNodePorts,
          externalTrafficPolicy);
    }
  }

  /** A port of a Service as others may call it: by its number, or by its name. */
  public record Front(Protocol protocol, PortRef port) {}

  public Service {
    ports = List.copyOf(ports);
    selector = selector.filter(labels -> !labels.isEmpty());
  }

  public boolean headless() {
    return clusterIp.equals("None");
  }

  /** The ports that stand for another port of the pods, each as others may call it. */
  public List<Front> translated() {
    return ports.stream()
        .flatMap(port ->
            Stream.of(new PortRef.ByNumber(port.port()), new PortRef.ByName(port.name()))
                .filter(call -> !call.equals(port.targetPort()))
                .map(call -> new Front(port.protocol(), call)))
        .toList();
  }

  @Override
  public Kind kind() {
    return Kind.SERVICE;
  }

  @Override
  public Service facts() {
    return new Service(
        meta.facts(Labels.EMPTY), type, selector, headless() ? clusterIp : "", ports, addresses);
  }
}
