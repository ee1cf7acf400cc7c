package io.portcullis.rules;

import io.portcullis.cluster.Contents;
import io.portcullis.kube.Kind;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Owner;
import io.portcullis.kube.Workload;
import java.util.Optional;

/**
 * Who makes pods, at the top: the Deployment rather than its ReplicaSets, the CronJob rather than
 * its Jobs. The pods of two ReplicaSets in a rollout have the same maker.
 */
record Maker(String kind, String name) {
  static Maker of(Workload workload) {
    return above(workload).orElse(new Maker(workload.kind().text(), workload.name()));
  }

  /** The maker of pods with this controller, as far as their namespace shows it. */
  static Optional<Maker> of(Optional<Owner> controller, Contents here) {
    return controller.map(owner ->
        Kind.named(owner.kind())
            .filter(Kind::isWorkload)
            .flatMap(kind -> here.find(kind, owner.name()))
            .filter(Workload.class::isInstance)
            .map(workload -> of((Workload) workload))
            .orElse(new Maker(owner.kind(), owner.name())));
  }

  private static Optional<Maker> above(Workload workload) {
    Meta meta = workload.meta();
    return meta.controller().map(owner -> new Maker(owner.kind(), owner.name()));
  }
}
