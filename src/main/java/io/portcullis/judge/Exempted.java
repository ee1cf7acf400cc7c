package io.portcullis.judge;

import io.portcullis.cluster.Cluster;
import io.portcullis.finding.Change;
import io.portcullis.finding.Operation;
import io.portcullis.kube.Annotations;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.Owner;
import io.portcullis.settings.Settings;
import java.util.Optional;
import java.util.Set;

/** Changes that no rule is asked about, and pods that need not be asked about in full. */
final class Exempted {
  private static final Set<String> SUBRESOURCES_WITH_LABELS = Set.of("", "status", "finalize");

  private Exempted() {}

  /** Whether a change passes without any rule being asked. */
  static boolean passes(Change change, Cluster picture, Settings settings) {
    return change.subject().isEmpty()
        || change.operation() == Operation.CONNECT
        || isOtherSubresource(change)
        || isExemptNamespace(change, settings)
        || isEnding(change, picture)
        || isMirrorPod(change)
        || !change.touchesFacts();
  }

  /**
   * Whether a pod is one that a workload of the picture makes. The owner reference alone proves
   * nothing, since anybody may write one: the user must be a controller of the cluster and the
   * owner must be known by its uid.
   */
  static boolean isGenerated(Change change, Cluster picture) {
    return change.user().isClusterController()
        && change.target().kind().equals(Kind.POD.text())
        && change
            .subject()
            .flatMap(pod -> pod.meta().controller())
            .flatMap(owner -> known(owner, change.target().namespace(), picture))
            .isPresent();
  }

  private static Optional<KubeObject> known(Owner owner, String namespace, Cluster picture) {
    return Kind.named(owner.kind())
        .filter(Kind::isWorkload)
        .flatMap(kind -> picture.find(kind, namespace, owner.name()))
        .filter(workload -> !owner.uid().isEmpty() && workload.meta().uid().equals(owner.uid()));
  }

  /** Labels can change through these; no other subresource changes what rules read. */
  private static boolean isOtherSubresource(Change change) {
    return !SUBRESOURCES_WITH_LABELS.contains(change.target().subresource());
  }

  /**
   * Only ConfigMaps that matter by name are looked at in exempt namespaces, and pools of addresses:
   * they are the whole cluster's wherever they lie.
   */
  private static boolean isExemptNamespace(Change change, Settings settings) {
    return settings.isExempt(change.target().namespace())
        && Kind.named(change.target().kind())
            .filter(kind -> kind == Kind.CONFIG_MAP || kind.isAddressPool())
            .isEmpty();
  }

  private static boolean isEnding(Change change, Cluster picture) {
    boolean goes = change.subject().map(KubeObject::meta).filter(Meta::ending).isPresent();
    boolean namespaceGoes =
        picture
            .namespace(change.target().namespace())
            .map(Namespace::meta)
            .filter(Meta::ending)
            .isPresent();
    boolean cleanup =
        change.operation() == Operation.DELETE
            && (change.user().isNamespaceController() || change.user().isGarbageCollector());
    return goes || namespaceGoes || cleanup;
  }

  /** A kubelet shows its static pods this way; they run already, whatever is said here. */
  private static boolean isMirrorPod(Change change) {
    return change.user().isNode()
        && change.object().flatMap(pod -> pod.meta().annotation(Annotations.MIRROR)).isPresent();
  }
}
