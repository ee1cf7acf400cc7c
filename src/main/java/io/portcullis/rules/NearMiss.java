package io.portcullis.rules;

import io.portcullis.cluster.Contents;
import io.portcullis.cluster.PodGroup;
import io.portcullis.finding.Evidence;
import io.portcullis.finding.ObjectRef;
import io.portcullis.finding.PatchOp;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Service;
import io.portcullis.kube.Workload;
import io.portcullis.net.Label;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import io.portcullis.text.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Pods or a template that a selector would fit if it were spelled a little differently: each of its
 * pairs is carried as it is, with a near value, or under a well-known twin of its key.
 *
 * @param slips the pairs that nothing carries, each with what was meant
 * @param workload what carries the labels; empty where only pods do
 * @param labels all labels of the carrier
 * @param pods how many pods there are of it now
 */
record NearMiss(
    List<Slip> slips, Optional<Workload> workload, String namespace, Labels labels, int pods) {

  /** One pair that was written otherwise than it is carried. */
  record Slip(Label written, Label meant) {}

  /** Keys that different conventions use for the same thing. */
  private static final List<List<String>> TWINS =
      List.of(
          List.of("app", "app.kubernetes.io/name", "k8s-app", "name", "run"),
          List.of("component", "app.kubernetes.io/component"),
          List.of("instance", "app.kubernetes.io/instance", "release"),
          List.of("version", "app.kubernetes.io/version"),
          List.of("part-of", "app.kubernetes.io/part-of"));

  NearMiss {
    slips = List.copyOf(slips);
  }

  /**
   * The best carrier in a namespace: a workload before bare pods, fewer slips before more, then by
   * name. A carrier that another Service selects already has what it needs and is not meant.
   *
   * @param service the Service whose selector it is
   */
  static Optional<NearMiss> find(Labels wanted, Contents here, LateLabels late, String service) {
    if (wanted.pairs().stream().noneMatch(pair -> isMissing(pair, here))) {
      return Optional.empty();
    }
    return Stream.concat(
            candidates(wanted, here)
                .flatMap(workload ->
                    of(wanted, here, late.onPod(workload.template().labels())).stream()
                        .map(slips ->
                            new NearMiss(
                                slips,
                                Optional.of(workload),
                                workload.namespace(),
                                late.onPod(workload.template().labels()),
                                here.countMatching(Selector.of(workload.template().labels()))))),
            pods(wanted, here)
                .flatMap(group ->
                    of(wanted, here, group.labels()).stream()
                        .map(slips ->
                            new NearMiss(
                                slips,
                                Optional.empty(),
                                group.namespace(),
                                group.labels(),
                                here.count(group)))))
        .filter(miss -> !miss.isServed(here, service))
        .min(
            Comparator.comparing((NearMiss miss) -> miss.workload().isEmpty())
                .thenComparingInt(miss -> miss.slips().size())
                .thenComparing(NearMiss::who));
  }

  /** Whether nothing here carries the pair, so that it can be a slip. */
  private static boolean isMissing(Label pair, Contents here) {
    return !here.values(pair.key()).contains(pair.value());
  }

  /** The slips that lead from what is wanted to these labels; empty where they are not near. */
  private static Optional<List<Slip>> of(Labels wanted, Contents here, Labels carried) {
    List<Slip> slips = new ArrayList<>();
    for (Label pair : wanted.pairs()) {
      if (carried.has(pair.key(), pair.value())) {
        continue;
      }
      Optional<Label> meant = isMissing(pair, here) ? meant(pair, carried) : Optional.empty();
      if (meant.isEmpty()) {
        return Optional.empty();
      }
      slips.add(new Slip(pair, meant.get()));
    }
    return slips.isEmpty() ? Optional.empty() : Optional.of(slips);
  }

  /** What a pair may have meant among the labels that are carried. */
  static Optional<Label> meant(Label pair, Labels carried) {
    Optional<String> value = carried.get(pair.key());
    if (value.isPresent()) {
      return value
          .filter(near -> Nearest.isNear(pair.value(), near))
          .map(near -> new Label(pair.key(), near));
    }
    return twins(pair.key())
        .filter(twin -> carried.has(twin, pair.value()))
        .map(twin -> new Label(twin, pair.value()))
        .findFirst();
  }

  private static Stream<String> twins(String key) {
    return TWINS.stream()
        .filter(set -> set.contains(key))
        .flatMap(List::stream)
        .filter(twin -> !twin.equals(key));
  }

  /** The workloads that carry a near value or a twin of a pair that is missing. */
  private static Stream<Workload> candidates(Labels wanted, Contents here) {
    return nearSelectors(wanted, here)
        .flatMap(selector -> here.workloadsMatching(selector).stream())
        .filter(workload -> workload.meta().controller().isEmpty())
        .distinct();
  }

  private static Stream<PodGroup> pods(Labels wanted, Contents here) {
    return nearSelectors(wanted, here)
        .flatMap(selector -> here.podsMatching(selector).stream())
        .distinct();
  }

  private static Stream<Selector> nearSelectors(Labels wanted, Contents here) {
    return wanted.pairs().stream()
        .filter(pair -> isMissing(pair, here))
        .flatMap(pair ->
            Stream.concat(
                Nearest.allTo(pair.value(), here.values(pair.key())).stream()
                    .map(near -> new Label(pair.key(), near)),
                twins(pair.key()).map(twin -> new Label(twin, pair.value()))))
        .map(label -> Selector.of(Labels.of(label.key(), label.value())));
  }

  private boolean isServed(Contents here, String service) {
    return here.servicesSelecting(labels).stream()
        .map(Service::name)
        .anyMatch(name -> !name.equals(service));
  }

  String firstWrongKey() {
    return slips.getFirst().written().key();
  }

  /** The pairs that nothing carries. */
  Labels written() {
    return labelsOf(slips.stream().map(Slip::written));
  }

  /** What they should be. */
  Labels meant() {
    return labelsOf(slips.stream().map(Slip::meant));
  }

  private static Labels labelsOf(Stream<Label> pairs) {
    Map<String, String> map = new TreeMap<>();
    pairs.forEach(pair -> map.put(pair.key(), pair.value()));
    return Labels.of(map);
  }

  /** {@code Deployment checkout, 3 pods}, or {@code 3 pods}. */
  String who() {
    String count = pods == 1 ? "1 pod" : pods + " pods";
    return workload.map(w -> w.kind().text() + " " + w.name() + ", " + count).orElse(count);
  }

  List<ObjectRef> related() {
    return workload.map(ObjectRef::of).stream().toList();
  }

  /** How to mend it, in words. */
  String fix(String what) {
    List<String> steps =
        slips.stream()
            .map(slip ->
                slip.written().key().equals(slip.meant().key())
                    ? "set %s to \"%s\"".formatted(slip.meant().key(), slip.meant().value())
                    : "use the key %s instead of %s"
                        .formatted(slip.meant().key(), slip.written().key()))
            .toList();
    return String.join(" and ", steps) + " in " + what + ".";
  }

  /** The mending of a map of labels that stands at a path. */
  List<PatchOp> patch(FieldPath map) {
    List<PatchOp> patch = new ArrayList<>();
    for (Slip slip : slips) {
      String wrong = map.field(slip.written().key()).pointer();
      if (slip.written().key().equals(slip.meant().key())) {
        patch.add(new PatchOp.Replace(wrong, slip.meant().value()));
      } else {
        patch.add(new PatchOp.Remove(wrong));
        patch.add(new PatchOp.Add(map.field(slip.meant().key()).pointer(), slip.meant().value()));
      }
    }
    return patch;
  }

  /** That the carrier is there, and carries what was meant. */
  Evidence presence() {
    Selector meant = Selector.of(meant());
    if (workload.isEmpty()) {
      return new Evidence.SomePodMatches(namespace, meant);
    }
    Kind kind = workload.get().kind();
    return new Evidence.Present(
        kind, namespace, workload.get().name(), object -> carries(object, meant));
  }

  private static boolean carries(KubeObject object, Selector meant) {
    return object instanceof Workload workload && meant.matches(workload.template().labels());
  }
}
