package io.portcullis.rules;

import io.portcullis.cluster.Contents;
import io.portcullis.finding.ObjectRef;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.kube.PodDisruptionBudget;
import io.portcullis.kube.Service;
import io.portcullis.kube.Workload;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What would newly select a pod once it has one label more, and is not meant to: a ReplicaSet
 * adopts a pod that nobody makes, and deletes it if it is one too many; a Service sends it traffic.
 * NetworkPolicies are meant to.
 *
 * <p>A pod that a workload makes can't be adopted. A Service or a PodDisruptionBudget that asks for
 * the label and selects nothing else means that workload's pods, which are read with the label from
 * the start; were it to count, a rollout would take its pods away one by one. So does one that
 * selects pods of the workload already. One that selects other pods alone would be sharing theirs
 * out.
 */
final class Catchers {
  /** What the Deployment controller gives a ReplicaSet's pods, and ends its name with. */
  private static final String HASH = "pod-template-hash";

  private final Contents here;

  /** What stands in a namespace before the pod comes. */
  Catchers(Contents here) {
    this.here = here;
  }

  /** The catchers of a pod, in a stable order. */
  List<KubeObject> of(Meta pod, Labels labelled) {
    return maker(pod)
        .map(maker -> ofMade(maker, pod.labels(), labelled))
        .orElseGet(() -> newly(pod.labels(), labelled).stream().filter(Catchers::catches).toList());
  }

  /** A ReplicaSet's first pod may come before the ReplicaSet is seen. */
  private Optional<Maker> maker(Meta pod) {
    return pod.controller()
        .filter(owner -> here.find(Kind.REPLICA_SET, owner.name()).isEmpty())
        .flatMap(owner -> pod.labels().get(HASH).map(hash -> stem(owner.name(), "-" + hash)))
        .flatMap(name -> here.find(Kind.DEPLOYMENT, name))
        .map(deployment -> new Maker(Kind.DEPLOYMENT.text(), deployment.name()))
        .or(() -> Maker.of(pod.controller(), here));
  }

  private static String stem(String name, String end) {
    return name.endsWith(end) ? name.substring(0, name.length() - end.length()) : "";
  }

  /** The catchers of the pods that a workload makes. */
  List<KubeObject> ofMade(Maker maker, Labels labels, Labels labelled) {
    return newly(labels, labelled).stream()
        .filter(catcher ->
            shared(catcher)
                .filter(all -> selectsOthers(all, maker) && !selectsPodsOf(all, maker))
                .isPresent())
        .toList();
  }

  private List<KubeObject> newly(Labels labels, Labels labelled) {
    Set<ObjectRef> already =
        here.selecting(labels).stream().map(ObjectRef::of).collect(Collectors.toSet());
    return here.selecting(labelled).stream()
        .filter(catcher -> !already.contains(ObjectRef.of(catcher)))
        .sorted(Comparator.comparing(catcher -> ObjectRef.of(catcher).id()))
        .toList();
  }

  /** A Deployment adopts through ReplicaSets only, which ask for their hash as well. */
  private static boolean catches(KubeObject object) {
    return shared(object).isPresent()
        || (object instanceof Workload workload && workload.kind() != Kind.DEPLOYMENT);
  }

  /** The selector of what takes pods without owning them. */
  private static Optional<Selector> shared(KubeObject object) {
    if (object instanceof Service service) {
      return service.selector().map(Selector::of);
    }
    return object instanceof PodDisruptionBudget budget ? budget.selector() : Optional.empty();
  }

  /** Then it is not news: the pods that were there before have the label. */
  private boolean selectsPodsOf(Selector selector, Maker maker) {
    return here.podsMatching(selector).stream()
        .anyMatch(pods -> Maker.of(pods.controller(), here).equals(Optional.of(maker)));
  }

  private boolean selectsOthers(Selector selector, Maker maker) {
    return here.podsMatching(selector).stream()
            .anyMatch(pods -> !Maker.of(pods.controller(), here).equals(Optional.of(maker)))
        || here.workloadsMatching(selector).stream()
            .anyMatch(workload -> !Maker.of(workload).equals(maker));
  }
}
