package io.portcullis.rules;

import io.portcullis.finding.Evidence;
import io.portcullis.finding.ObjectRef;
import io.portcullis.finding.PatchOp;
import io.portcullis.kube.FieldPath;
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
 * @param carrier what carries what was meant
 * @param servedBy the first other Service that selects the carrier: then it has what it needs, and
 *     perhaps something of the written name is still to come
 */
record NearMiss(List<Slip> slips, Carrier carrier, Optional<Service> servedBy) {

  /** One pair that was written otherwise than it is carried. */
  record Slip(Label written, Label meant) {
    boolean isOfKey() {
      return !written.key().equals(meant.key());
    }
  }

  /**
   * A workload, or pods that none makes.
   *
   * @param labels all labels that its pods carry
   * @param pods how many pods there are of it now
   */
  record Carrier(
      Optional<Workload> workload, String namespace, Labels labels, int pods, LateLabels late) {
    private static Carrier of(Workload workload, Carriers carriers) {
      return new Carrier(
          Optional.of(workload),
          workload.namespace(),
          carriers.late().onPod(workload.template().labels()),
          carriers.count(workload),
          carriers.late());
    }

    /** {@code Deployment checkout, 3 pods}, {@code Deployment checkout} or {@code 3 pods}. */
    @Override
    public String toString() {
      return name(workload, pods);
    }

    static String name(Optional<Workload> workload, int pods) {
      String count = pods == 1 ? "1 pod" : pods + " pods";
      return workload
          .map(w -> w.kind().text() + " " + w.name() + (pods == 0 ? "" : ", " + count))
          .orElse(count);
    }

    /** That it is there and carries these labels. */
    Evidence with(Labels meant) {
      Selector selector = Selector.of(meant);
      return workload
          .<Evidence>map(w ->
              new Evidence.Present(
                  w.kind(), namespace, w.name(), object -> carries(object, selector)))
          .orElseGet(() -> new Evidence.SomePodMatches(namespace, selector));
    }

    private boolean carries(KubeObject object, Selector meant) {
      return object instanceof Workload live && late.willMatch(meant, live.template().labels());
    }
  }

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
   * The best near miss in a namespace: one that no other Service selects before one that is served,
   * a workload before bare pods, fewer slips before more, nearer values before farther ones.
   *
   * @param wanted the selector of a Service
   * @param service the Service's name
   */
  static Optional<NearMiss> find(Labels wanted, Carriers carriers, String service) {
    Labels asked = carriers.late().beyondControllers(wanted);
    return carriersNear(asked, carriers)
        .flatMap(carrier ->
            slips(asked, carrier.labels(), carriers).stream()
                .map(slips ->
                    new NearMiss(slips, carrier, otherService(carrier, carriers, service))))
        .min(
            Comparator.comparing((NearMiss miss) -> miss.servedBy().isPresent())
                .thenComparing(miss -> miss.carrier().workload().isEmpty())
                .thenComparingInt(miss -> miss.slips().size()));
  }

  /** Workloads and pods that carry what one pair may have meant, nearest values first. */
  private static Stream<Carrier> carriersNear(Labels asked, Carriers carriers) {
    List<Selector> near =
        asked.pairs().stream()
            .filter(pair -> !carriers.any(pair))
            .flatMap(pair -> nearTo(pair, carriers))
            .map(label -> Selector.of(Labels.of(label.key(), label.value())))
            .toList();
    return Stream.concat(
        near.stream()
            .flatMap(carriers::sortedWorkloads)
            .map(workload -> Carrier.of(workload, carriers)),
        near.stream()
            .flatMap(carriers::pods)
            .map(group ->
                new Carrier(
                    Optional.empty(),
                    group.namespace(),
                    group.labels(),
                    carriers.here().count(group),
                    carriers.late())));
  }

  private static Stream<Label> nearTo(Label pair, Carriers carriers) {
    return Stream.concat(
        Nearest.allTo(pair.value(), carriers.values(pair.key())).stream()
            .map(near -> new Label(pair.key(), near)),
        twins(pair.key()).map(twin -> new Label(twin, pair.value())));
  }

  /** The slips that lead from what is asked to these labels; empty where they are not near. */
  private static Optional<List<Slip>> slips(Labels asked, Labels carried, Carriers carriers) {
    List<Slip> slips = new ArrayList<>();
    for (Label pair : asked.pairs()) {
      if (carried.has(pair.key(), pair.value())) {
        continue;
      }
      Optional<Label> meant = carriers.any(pair) ? Optional.empty() : meant(pair, carried);
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

  private static Optional<Service> otherService(
      Carrier carrier, Carriers carriers, String service) {
    return carriers.here().servicesSelecting(carrier.labels()).stream()
        .filter(other -> !other.name().equals(service))
        .min(Comparator.comparing(Service::name));
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

  /** The first pair's key as it was written. */
  String firstWrongKey() {
    return slips.getFirst().written().key();
  }

  List<ObjectRef> related() {
    return carrier.workload().map(ObjectRef::of).stream().toList();
  }

  /** How to mend it, in words. */
  String fix(String what) {
    List<String> steps =
        slips.stream()
            .map(slip ->
                slip.isOfKey()
                    ? "use the key %s instead of %s"
                        .formatted(slip.meant().key(), slip.written().key())
                    : "set %s to \"%s\"".formatted(slip.meant().key(), slip.meant().value()))
            .toList();
    return String.join(" and ", steps) + " in " + what + ".";
  }

  /** The mending of a map of labels that stands at a path. */
  List<PatchOp> patch(FieldPath map) {
    List<PatchOp> patch = new ArrayList<>();
    for (Slip slip : slips) {
      String wrong = map.field(slip.written().key()).pointer();
      if (slip.isOfKey()) {
        patch.add(new PatchOp.Remove(wrong));
        patch.add(new PatchOp.Add(map.field(slip.meant().key()).pointer(), slip.meant().value()));
      } else {
        patch.add(new PatchOp.Replace(wrong, slip.meant().value()));
      }
    }
    return patch;
  }

  /** That the carrier is there, and carries what was meant. */
  Evidence presence() {
    return carrier.with(meant());
  }
}
