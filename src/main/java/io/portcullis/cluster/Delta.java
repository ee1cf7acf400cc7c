package io.portcullis.cluster;

import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Pod;
import java.util.Optional;

/** One change of the picture. */
public sealed interface Delta {
  /** An object that is no pod is there, new or in place of the one of its name. */
  record Put(KubeObject object) implements Delta {}

  /** The object of that name is gone. */
  record Drop(Kind kind, String namespace, String name) implements Delta {}

  /** One pod comes ({@code before} empty), goes ({@code after} empty) or changes its group. */
  record MovePod(Optional<PodGroup> before, Optional<PodGroup> after) implements Delta {}

  /** Nothing changes. */
  record Nothing() implements Delta {}

  /**
   * The change from one version of an object to another.
   *
   * @param before empty where it is new
   * @param after empty where it goes
   */
  static Delta between(Optional<KubeObject> before, Optional<KubeObject> after) {
    KubeObject either = after.or(() -> before).orElse(null);
    if (either == null) {
      return new Nothing();
    }
    if (either.kind() == Kind.POD) {
      return new MovePod(before.flatMap(Delta::group), after.flatMap(Delta::group));
    }
    return after.isPresent()
        ? new Put(after.get())
        : new Drop(either.kind(), either.namespace(), either.name());
  }

  private static Optional<PodGroup> group(KubeObject object) {
    return object instanceof Pod pod && !pod.finished()
        ? Optional.of(PodGroup.of(pod))
        : Optional.empty();
  }
}
