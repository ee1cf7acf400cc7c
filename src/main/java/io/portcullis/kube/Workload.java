package io.portcullis.kube;

import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.Optional;

/**
 * What makes pods: a Deployment, ReplicaSet, StatefulSet, DaemonSet, ReplicationController, Job or
 * CronJob.
 *
 * @param kind one for which {@link Kind#isWorkload()} holds
 * @param selector empty for a CronJob, and for a Job whose selector the API server will make
 * @param template of a CronJob, the one of its jobs
 * @param replicas as wished for; 1 where the kind knows none
 */
public record Workload(
    Kind kind, Meta meta, Optional<Selector> selector, PodTemplate template, int replicas)
    implements KubeObject {
  public Workload {
    if (!kind.isWorkload()) {
      throw new IllegalArgumentException(kind.text() + " makes no pods from a template");
    }
  }

  @Override
  public Workload facts() {
    return new Workload(kind, meta.facts(Labels.EMPTY), selector, template, 1);
  }

  public Workload withTemplate(PodTemplate changed) {
    return new Workload(kind, meta, selector, changed, replicas);
  }
}
