package io.portcullis.cluster.manifests;

import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Stock;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Namespace;
import io.portcullis.net.Labels;
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
  private Surroundings() {}

  /**
   * The picture of a cluster with these objects; of two with the same kind and name the later one
   * counts.
   */
  public static Cluster around(Collection<? extends KubeObject> objects) {
    List<KubeObject> all = withNamespaces(objects);
    if (all.stream().noneMatch(Surroundings::isDnsService)) {
      // First, so that a Deployment of that name in the files takes the place of the stock one.
      all.addAll(0, List.of(Stock.DNS, Stock.DNS_PODS));
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
    Set<String> namespaces = new TreeSet<>(Stock.NAMESPACES);
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
        && object.namespace().equals(Stock.DNS.namespace())
        && object.name().equals(Stock.DNS.name());
  }
}
