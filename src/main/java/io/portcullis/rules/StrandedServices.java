package io.portcullis.rules;

import io.portcullis.cluster.Contents;
import io.portcullis.finding.Evidence;
import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.finding.PatchOp;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.Service;
import io.portcullis.kube.Workload;
import io.portcullis.net.Label;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import io.portcullis.text.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The Services that a new template leaves without pods. Clearly other labels may be followed by the
 * Service's own change, so they are only suspected; a value that is nearly the selector's, or its
 * value under a twin of its key, is a mistake.
 */
final class StrandedServices {
  private static final FieldPath LABELS = FieldPath.of("spec", "template", "metadata", "labels");

  private final String rule;
  private final Workload now;
  private final Carriers carriers;

  private StrandedServices(String rule, Workload now, Carriers carriers) {
    this.rule = rule;
    this.now = now;
    this.carriers = carriers;
  }

  static List<Finding> of(String rule, Workload old, Workload now, Question question) {
    if (old.template().labels().equals(now.template().labels())) {
      return List.of();
    }
    Carriers carriers = Carriers.in(now.namespace(), question);
    return new StrandedServices(rule, now, carriers).since(old.template().labels());
  }

  private List<Finding> since(Labels old) {
    Labels before = carriers.late().onPod(old);
    Labels after = carriers.late().onPod(now.template().labels());
    return carriers.here().servicesSelecting(before).stream()
        .filter(service -> !selector(service).matches(after))
        .filter(this::isLeftAlone)
        .sorted(Comparator.comparing(Service::name))
        .map(service -> finding(service, lost(service, after), after))
        .toList();
  }

  private static Labels wanted(Service service) {
    return service.selector().orElse(Labels.EMPTY);
  }

  private static Selector selector(Service service) {
    return Selector.of(wanted(service));
  }

  /** Whether nothing but this workload's own, soon replaced, pods is selected. */
  private boolean isLeftAlone(Service service) {
    Contents here = carriers.here();
    Optional<Maker> self = Optional.of(Maker.of(now));
    return carriers
            .workloads(selector(service))
            .map(Maker::of)
            .map(Optional::of)
            .allMatch(self::equals)
        && here.podsMatching(selector(service)).stream()
            .map(pods -> Maker.of(pods.controller(), here))
            .allMatch(self::equals);
  }

  /** The pairs of the selector that the new labels do not carry. */
  private static List<Label> lost(Service service, Labels after) {
    return wanted(service).pairs().stream()
        .filter(pair -> !after.has(pair.key(), pair.value()))
        .toList();
  }

  private Finding finding(Service service, List<Label> lost, Labels after) {
    Optional<List<NearMiss.Slip>> slips = slips(lost, after);
    Label first = lost.getFirst();
    String said = "Service %s is left without pods".formatted(service.name());
    Finding finding =
        slips
            .map(found ->
                Finding.violation(
                        rule,
                        ObjectRef.of(now),
                        LABELS.field(found.getFirst().written().key()),
                        "%s: did you mean %s instead of %s?"
                            .formatted(said, first, found.getFirst().written()))
                    .patch(patch(found))
                    .restsOn(List.of(presence(service))))
            .orElseGet(() ->
                Finding.suspicion(
                    rule,
                    ObjectRef.of(now),
                    path(first.key()),
                    "%s: it selects %s.".formatted(said, all(lost))));
    return finding
        .fix("keep %s, or change the Service's selector too.".formatted(all(lost)))
        .related(List.of(ObjectRef.of(service)))
        .about("Service " + service.name());
  }

  private static String all(List<Label> labels) {
    return Words.and(labels.stream().map(Label::toString).toList());
  }

  private FieldPath path(String key) {
    return now.template().labels().has(key) ? LABELS.field(key) : LABELS;
  }

  /** The carried labels that were meant as what the Service asks for, if each pair is near. */
  private static Optional<List<NearMiss.Slip>> slips(List<Label> lost, Labels after) {
    List<NearMiss.Slip> slips = new ArrayList<>();
    for (Label pair : lost) {
      Optional<Label> carried = NearMiss.meant(pair, after);
      if (carried.isEmpty()) {
        return Optional.empty();
      }
      slips.add(new NearMiss.Slip(carried.get(), pair));
    }
    return Optional.of(slips);
  }

  /** A label under a twin of its key may be asked for by others: it stays beside the right one. */
  private static List<PatchOp> patch(List<NearMiss.Slip> slips) {
    return slips.stream()
        .<PatchOp>map(slip ->
            new PatchOp.Add(LABELS.field(slip.meant().key()).pointer(), slip.meant().value()))
        .toList();
  }

  private Evidence presence(Service service) {
    return new Evidence.Present(
        Kind.SERVICE,
        service.namespace(),
        service.name(),
        object -> object instanceof Service live && live.selector().equals(service.selector()));
  }
}
