package io.portcullis.cluster.manifests;

import io.portcullis.cluster.Cluster;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.PortRef;
import io.portcullis.kube.Service;
import io.portcullis.kube.ServicePort;
import io.portcullis.net.Labels;
import io.portcullis.net.Protocol;
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
 * every cluster has, and its DNS Service.
 */
public final class Surroundings {
  private static final String SYSTEM = "kube-system";
  private static final List<String> EVERYWHERE =
      List.of("default", "kube-node-lease", "kube-public", SYSTEM);
  private static final String DNS = "kube-dns";

  private Surroundings() {}

  /**
   * The picture of a cluster with these objects; of two with the same kind and name the later one
   * counts.
   */
  public static Cluster around(Collection<? extends KubeObject> objects) {
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
    if (all.stream().noneMatch(Surroundings::isDns)) {
      all.add(dns());
    }
    return Cluster.of(all);
  }

  private static Collection<KubeObject> latest(Collection<? extends KubeObject> objects) {
    Map<Object, KubeObject> latest = new LinkedHashMap<>();
    for (KubeObject object : objects) {
      Optional<Manifests.Id> id = Manifests.Id.of(object);
      latest.put(id.isPresent() ? id.get() : new Object(), object);
    }
    return latest.values();
  }

  private static boolean isDns(KubeObject object) {
    return object.kind() == Kind.SERVICE
        && object.namespace().equals(SYSTEM)
        && object.name().equals(DNS);
  }

  /** The Service in front of CoreDNS as kubeadm installs it. */
  private static Service dns() {
    return new Service(
        Meta.of(SYSTEM, DNS, Labels.of("k8s-app", DNS)),
        Service.Type.CLUSTER_IP,
        Optional.of(Labels.of("k8s-app", DNS)),
        "",
        List.of(
            port("dns", Protocol.UDP, 53),
            port("dns-tcp", Protocol.TCP, 53),
            port("metrics", Protocol.TCP, 9153)),
        List.of(),
        List.of(),
        true);
  }

  private static ServicePort port(String name, Protocol protocol, int port) {
    return new ServicePort(name, protocol, port, new PortRef.ByNumber(port), 0);
  }
}
