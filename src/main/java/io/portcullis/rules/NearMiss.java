package io.portcullis.rules;

import io.portcullis.finding.Evidence;
import io.portcullis.finding.ObjectRef;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Service;
import io.portcullis.kube.Workload;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
record NearMiss(Slips slips, Carrier carrier, Optional<Service> servedBy) {

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

  /**
   * The best near miss in a namespace: one that no other Service selects before one that is served,
   * a workload before bare pods, fewer slips before more, nearer values before farther ones.
   *
   * @param wanted of whatever selects pods; only what it asks with one value can be a slip
   * @param service the name of the Service that it is of; empty where it is no Service's
   */
  static Optional<NearMiss> find(Selector wanted, Carriers carriers, String service) {
    Labels asked = carriers.late().beyondControllers(wanted.requiredPairs());
    return carriersNear(asked, carriers)
        .flatMap(carrier ->
            Slips.between(asked, carrier.labels(), carriers::any).stream()
                .filter(slips -> carriers.late().willMatch(slips.mended(wanted), carrier.labels()))
                .map(slips ->
                    new NearMiss(slips, carrier, otherService(carrier, carriers, service))))
        .min(
            Comparator.comparing((NearMiss miss) -> miss.servedBy().isPresent())
                .thenComparing(miss -> miss.carrier().workload().isEmpty())
                .thenComparingInt(miss -> miss.slips().all().size()));
  }

  /** Workloads and pods that carry what one pair may have meant, nearest values first. */
  private static Stream<Carrier> carriersNear(Labels asked, Carriers carriers) {
    List<Selector> near =
        asked.pairs().stream()
            .filter(pair -> !carriers.any(pair))
            .flatMap(pair -> Slips.nearTo(pair, carriers.values(pair.key())))
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

  private static Optional<Service> otherService(
      Carrier carrier, Carriers carriers, String service) {
    return carriers.here().servicesSelecting(carrier.labels()).stream()
        .filter(other -> !other.name().equals(service))
        .min(Comparator.comparing(Service::name));
  }

  List<ObjectRef> related() {
    return carrier.workload().map(ObjectRef::of).stream().toList();
  }

  /** That the carrier is there, and carries what was meant. */
  Evidence presence() {
    return carrier.with(slips.meant());
  }
}
