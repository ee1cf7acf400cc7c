package io.portcullis.rules;

import io.portcullis.cluster.Contents;
import io.portcullis.cluster.PodGroup;
import io.portcullis.kube.Kind;
import io.portcullis.kube.Workload;
import io.portcullis.net.Label;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What carries labels in a namespace: its pods, and the templates of what makes pods there, read
 * with the labels that pods get late. The ReplicaSets that a Deployment keeps for going back, and
 * the Jobs of a CronJob, are left out: their templates are their owner's of some day, and the pods
 * that they still have speak for themselves.
 */
final class Carriers {
  private final String namespace;
  private final Contents here;
  private final LateLabels late;

  private Carriers(String namespace, Contents here, LateLabels late) {
    this.namespace = namespace;
    this.here = here;
    this.late = late;
  }

  static Carriers in(String namespace, Question question) {
    return new Carriers(
        namespace, question.after().in(namespace), LateLabels.in(namespace, question));
  }

  /** Whether pods are there that match, or will be made. */
  boolean any(Selector selector) {
    return here.anyPodMatches(selector) || workloads(selector).findAny().isPresent();
  }

  boolean any(Label pair) {
    return any(Selector.of(Labels.of(pair.key(), pair.value())));
  }

  /** The workloads whose pods match, in no order. */
  Stream<Workload> workloads(Selector selector) {
    return here.workloadsMatching(late.forTemplates(selector)).stream()
        .filter(this::stands)
        .filter(workload -> late.willMatch(selector, workload.template().labels()));
  }

  /** The workloads whose pods match, in a stable order. */
  Stream<Workload> sortedWorkloads(Selector selector) {
    return workloads(selector)
        .sorted(Comparator.comparing(Workload::kind).thenComparing(Workload::name));
  }

  /** The groups whose pods match, in a stable order. */
  Stream<PodGroup> pods(Selector selector) {
    return here.podsMatching(selector).stream()
        .sorted(Comparator.comparing(group -> group.labels().toString()));
  }

  /** The values that are carried under a key. */
  Collection<String> values(String key) {
    Set<String> values = here.values(key);
    return late.tier(key)
        .map(tier -> Stream.concat(values.stream(), Stream.of(tier)).distinct().toList())
        .orElse(List.copyOf(values));
  }

  /** How many pods a workload has now, by its own selector. */
  int count(Workload workload) {
    return workload.selector().map(here::countMatching).orElse(0);
  }

  String namespace() {
    return namespace;
  }

  Contents here() {
    return here;
  }

  LateLabels late() {
    return late;
  }

  private boolean stands(Workload workload) {
    return workload
        .meta()
        .controller()
        .flatMap(owner -> Kind.named(owner.kind()).flatMap(kind -> here.find(kind, owner.name())))
        .isEmpty();
  }
}
