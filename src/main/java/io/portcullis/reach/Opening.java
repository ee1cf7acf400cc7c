package io.portcullis.reach;

import io.portcullis.cluster.Cluster;
import io.portcullis.kube.Kind;
import io.portcullis.kube.Service;
import io.portcullis.kube.ServicePort;
import io.portcullis.net.AddressRange;
import io.portcullis.net.Cidr;
import io.portcullis.net.PortSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One of the means by which a Service is open to clients outside the cluster.
 *
 * @param namespace of the Service, and of the pods that it leads to
 * @param leads one for each port that is open in this way
 * @param clients the only addresses that are let in; empty where the Service bounds nothing
 * @param preserving whether pods see the client's own address: {@code externalTrafficPolicy: Local}
 */
record Opening(
    String namespace,
    String service,
    Means means,
    List<Lead> leads,
    List<AddressRange> clients,
    boolean preserving) {
  /** How clients outside reach a Service. */
  public enum Means {
    LOAD_BALANCER("LoadBalancer"),
    NODE_PORT("NodePort"),
    EXTERNAL_IPS("externalIPs");

    private final String text;

    Means(String text) {
      this.text = text;
    }

    /** As in a manifest. */
    public String text() {
      return text;
    }
  }

  Opening {
    leads = List.copyOf(leads);
    clients = List.copyOf(clients);
  }

  /** All of a picture. */
  static List<Opening> of(Cluster cluster) {
    return cluster.namespaces().values().stream()
        .flatMap(namespace -> namespace.services().stream())
        .flatMap(Opening::of)
        .toList();
  }

  /**
   * Those of a Service. The node ports of a LoadBalancer are a way of their own, which {@code
   * loadBalancerSourceRanges} does not bound.
   */
  private static Stream<Opening> of(Service service) {
    List<Opening> openings = new ArrayList<>();
    switch (service.type()) {
      case LOAD_BALANCER -> {
        opening(service, Means.LOAD_BALANCER, _ -> true).ifPresent(openings::add);
        opening(
                service,
                Means.NODE_PORT,
                port -> service.addresses().allocatesNodePorts() || port.nodePort() != 0)
            .ifPresent(openings::add);
      }
      case NODE_PORT -> opening(service, Means.NODE_PORT, _ -> true).ifPresent(openings::add);
      case CLUSTER_IP, EXTERNAL_NAME -> {}
    }
    if (!service.addresses().externalIps().isEmpty() && !service.headless()) {
      opening(service, Means.EXTERNAL_IPS, _ -> true).ifPresent(openings::add);
    }
    return openings.stream();
  }

  private static Optional<Opening> opening(
      Service service, Means means, Predicate<ServicePort> ports) {
    List<Lead> leads = Entries.of(service, ports);
    return leads.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Opening(
                service.namespace(),
                service.name(),
                means,
                leads,
                means == Means.LOAD_BALANCER ? sourceRanges(service) : List.of(),
                service.addresses().externalTrafficPolicy() == Service.ExternalTraffic.LOCAL));
  }

  private static List<AddressRange> sourceRanges(Service service) {
    return service.addresses().loadBalancerSourceRanges().stream()
        .flatMap(text -> Cidr.tryParse(text.strip()).stream())
        .map(Cidr::range)
        .toList();
  }

  /** {@code shop/Service/web}. */
  String id() {
    return namespace + "/" + Kind.SERVICE.text() + "/" + service;
  }

  /** The ports of a pod that it leads to, whether policy lets them through or not. */
  PortSet led(Endpoint pod) {
    PortSet led = PortSet.NONE;
    for (Lead lead : leads) {
      led = led.union(lead.on(pod));
    }
    return led;
  }
}
