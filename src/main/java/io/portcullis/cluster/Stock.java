package io.portcullis.cluster;

import io.portcullis.kube.ContainerPort;
import io.portcullis.kube.Kind;
import io.portcullis.kube.Meta;
import io.portcullis.kube.PodSpec;
import io.portcullis.kube.PodTemplate;
import io.portcullis.kube.PortRef;
import io.portcullis.kube.Service;
import io.portcullis.kube.ServicePort;
import io.portcullis.kube.Workload;
import io.portcullis.net.Labels;
import io.portcullis.net.Protocol;
import io.portcullis.net.Selector;
import java.util.List;
import java.util.Optional;

/**
 * What every cluster has though its manifests do not say so. Where it is put into a picture beside
 * them, how it looks is a guess: a distribution may call its DNS, and label its namespaces,
 * otherwise.
 */
public final class Stock {
  private static final String SYSTEM = "kube-system";

  /** The names of the namespaces that are everywhere. */
  public static final List<String> NAMESPACES =
      List.of("default", "kube-node-lease", "kube-public", SYSTEM);

  private static final String DNS_NAME = "kube-dns";
  private static final Labels DNS_LABELS = Labels.of("k8s-app", DNS_NAME);
  private static final int DNS_PORT = 53;
  private static final int METRICS_PORT = 9153;

  /** The Service in front of CoreDNS, as kubeadm installs it. */
  public static final Service DNS = dnsService();

  /** CoreDNS itself. */
  public static final Workload DNS_PODS = dnsPods();

  private Stock() {}

  /** Whether a Service of a picture is nothing but what is guessed here. */
  public static boolean isGuessed(Service service) {
    return service.equals(DNS);
  }

  private static Service dnsService() {
    return new Service(
        Meta.of(SYSTEM, DNS_NAME, DNS_LABELS),
        Service.Type.CLUSTER_IP,
        Optional.of(DNS_LABELS),
        "",
        List.of(
            port("dns", Protocol.UDP, DNS_PORT),
            port("dns-tcp", Protocol.TCP, DNS_PORT),
            port("metrics", Protocol.TCP, METRICS_PORT)),
        Service.Addresses.DEFAULT);
  }

  private static Workload dnsPods() {
    List<ContainerPort> ports =
        List.of(
            new ContainerPort("dns", DNS_PORT, Protocol.UDP, 0),
            new ContainerPort("dns-tcp", DNS_PORT, Protocol.TCP, 0),
            new ContainerPort("metrics", METRICS_PORT, Protocol.TCP, 0));
    return new Workload(
        Kind.DEPLOYMENT,
        Meta.of(SYSTEM, "coredns", DNS_LABELS),
        Optional.of(Selector.of(DNS_LABELS)),
        new PodTemplate(
            DNS_LABELS, new PodSpec(false, true, ports, List.of(), false, "", List.of())),
        2);
  }

  private static ServicePort port(String name, Protocol protocol, int port) {
    return new ServicePort(name, protocol, port, new PortRef.ByNumber(port), 0);
  }
}
