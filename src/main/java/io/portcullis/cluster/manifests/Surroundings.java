package io.portcullis.cluster.manifests;

import io.portcullis.cluster.Cluster;
import io.portcullis.kube.ContainerPort;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.PodSpec;
import io.portcullis.kube.PodTemplate;
import io.portcullis.kube.PortRef;
import io.portcullis.kube.Service;
import io.portcullis.kube.ServicePort;
import io.portcullis.kube.Workload;
import io.portcullis.net.Labels;
import io.portcullis.net.Protocol;
import io.portcullis.net.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a cluster has beside the objects of some files: the namespaces that they are in, those that
 * every cluster has, and its DNS.
 */
public final class Surroundings {
  private static final String SYSTEM = "kube-system";
  private static final List<String> EVERYWHERE =
      List.of("default", "kube-node-lease", "kube-public", SYSTEM);
  private static final String DNS = "kube-dns";
  private static final Labels DNS_LABELS = Labels.of("k8s-app", DNS);
  private static final int DNS_PORT = 53;
  private static final int METRICS_PORT = 9153;

  private Surroundings() {}

  /**
   * The picture of a cluster with these objects; of two with the same kind and name the later one
   * counts.
   */
  public static Cluster around(Collection<? extends KubeObject> objects) {
    List<KubeObject> all = withNamespaces(objects);
    if (all.stream().noneMatch(Surroundings::isDnsService)) {
      all.add(dnsService());
      all.add(dnsPods());
    }
    return Cluster.of(all);
  }

  /**
   * The same where they hold what a live cluster has: its DNS is what it shows, and only namespaces
   * are added, which may be hidden or come with the objects.
   */
  public static Cluster live(Collection<? extends KubeObject> objects) {
    return Cluster.of(withNamespaces(objects));
  }

  private static List<KubeObject> withNamespaces(Collection<? extends KubeObject> objects) {
    List<KubeObject> all = new ArrayList<>(latest(objects));
    Set<String> namespaces = new TreeSet<>(EVERYWHERE);
    all.stream()
        .map(KubeObject::namespace)
        .filter(name -> !name.isEmpty())
        .forEach(namespaces::add);
    all.stream()
        .filter(Namespace.class::isInstance)
        .map(KubeObject::name)
        .forEach(namespaces::remove);
    namespaces.forEach(name -> all.add(new Namespace(Meta.of("", name, Labels.EMPTY))));
    return all;
  }

  private static Collection<KubeObject> latest(Collection<? extends KubeObject> objects) {
    Map<Object, KubeObject> latest = new LinkedHashMap<>();
    for (KubeObject object : objects) {
      Optional<Manifests.Id> id = Manifests.Id.of(object);
      latest.put(id.isPresent() ? id.get() : new Object(), object);
    }
    return latest.values();
  }

  private static boolean isDnsService(KubeObject object) {
    return object.kind() == Kind.SERVICE
        && object.namespace().equals(SYSTEM)
        && object.name().equals(DNS);
  }

  /** The Service in front of CoreDNS, as kubeadm installs it. */
  private static Service dnsService() {
    return new Service(
        Meta.of(SYSTEM, DNS, DNS_LABELS),
        Service.Type.CLUSTER_IP,
        Optional.of(DNS_LABELS),
        "",
        List.of(
            port("dns", Protocol.UDP, DNS_PORT),
            port("dns-tcp", Protocol.TCP, DNS_PORT),
            port("metrics", Protocol.TCP, METRICS_PORT)),
        List.of(),
        List.of(),
        true,
        Service.ExternalTraffic.CLUSTER);
  }

  /** CoreDNS itself. */
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
        new PodTemplate(DNS_LABELS, new PodSpec(false, ports, false, "", List.of())),
        2);
  }

  private static ServicePort port(String name, Protocol protocol, int port) {
    return new ServicePort(name, protocol, port, new PortRef.ByNumber(port), 0);
  }
}
