package io.portcullis.cli;

import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.manifests.Manifest;
import io.portcullis.cluster.manifests.Manifests;
import io.portcullis.kube.Ingress;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Pod;
import io.portcullis.kube.Workload;
import io.portcullis.reach.Entries;
import io.portcullis.reach.Party;
import io.portcullis.reach.Roster;
import io.portcullis.reach.Scene;
import io.portcullis.rules.LateLabels;
import io.portcullis.settings.Settings;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the scene of a map from objects. */
final class Scenery {
  private final Settings settings;

  /** The last of each kind and name, in the order of the first. */
  private final Map<Id, KubeObject> objects = new LinkedHashMap<>();

  /** Which object. */
  private record Id(Kind kind, String namespace, String name) {
    static Id of(KubeObject object) {
      return new Id(object.kind(), object.namespace(), object.name());
    }
  }

  Scenery(Settings settings) {
    this.settings = settings;
  }

  /** What is there. */
  Scenery with(Collection<? extends KubeObject> more) {
    more.forEach(object -> objects.put(Id.of(object), object));
    return this;
  }

  /** What the API server would take of manifests that are applied to what is there. */
  Scenery applying(Manifests manifests) {
    for (Manifest manifest : manifests.manifests()) {
      if (manifest.accepted()) {
        KubeObject object = manifest.object();
        replaced(object).ifPresent(this::forgetPods);
        objects.put(Id.of(object), object);
      }
    }
    return this;
  }

  /** The workload whose pods will be made anew, since its template becomes another. */
  private Optional<Workload> replaced(KubeObject object) {
    return object instanceof Workload now
            && objects.get(Id.of(now)) instanceof Workload before
            && !before.template().equals(now.template())
        ? Optional.of(before)
        : Optional.empty();
  }

  private void forgetPods(Workload workload) {
    Cluster before = Cluster.of(objects.values());
    Roster.of(before, pods(), (_, labels) -> labels).stream()
        .filter(party -> party.id().equals(id(workload)))
        .flatMap(party -> party.members().stream())
        .forEach(member -> objects.remove(new Id(Kind.POD, workload.namespace(), member.name())));
  }

  private static String id(Workload workload) {
    return workload.namespace() + "/" + workload.kind().text() + "/" + workload.name();
  }

  Scene scene() {
    Cluster cluster = Cluster.of(objects.values());
    List<Party> parties =
        Roster.of(
            cluster,
            pods(),
            (namespace, labels) -> LateLabels.in(namespace, cluster, settings).onPod(labels));
    return new Scene(
        cluster,
        parties,
        Entries.of(cluster, ingress -> !isShown(ingress, cluster)),
        settings.addresses().nodes());
  }

  private List<Pod> pods() {
    return objects.values().stream().filter(Pod.class::isInstance).map(Pod.class::cast).toList();
  }

  /** Whether the pods of an Ingress's controller are in the picture, as the settings name them. */
  private boolean isShown(Ingress ingress, Cluster cluster) {
    return ingress
        .effectiveClass()
        .filter(name ->
            settings.ingressControllers().stream()
                .filter(controller -> controller.ingressClass().equals(name))
                .anyMatch(controller ->
                    cluster.in(controller.namespace()).anyPodMatches(controller.podSelector())
                        || cluster
                            .in(controller.namespace())
                            .anyTemplateMatches(controller.podSelector())))
        .isPresent();
  }
}
