package io.portcullis.rules;

import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Service;
import io.portcullis.kube.Workload;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The Services that have waited for pods and would be met by a new workload, were its labels
 * spelled a little differently. Which of the two was meant is not known, and another workload may
 * still come, so it is only suspected. Where everything is there already, the Service has its say.
 */
final class Awaited {
  private static final FieldPath LABELS = FieldPath.of("spec", "template", "metadata", "labels");

  private Awaited() {}

  static List<Finding> by(String rule, Workload now, Question question) {
    Carriers carriers = Carriers.in(now.namespace(), question);
    Labels carried = carriers.late().onPod(now.template().labels());
    if (question.occasion() == Question.Occasion.WHOLE
        || !carriers.here().servicesSelecting(carried).isEmpty()) {
      return List.of();
    }
    return carriers.here().services().stream()
        .filter(service -> service.type() != Service.Type.EXTERNAL_NAME)
        .sorted(Comparator.comparing(Service::name))
        .flatMap(service ->
            slips(service, carried, carriers)
                .map(slips -> finding(rule, service, slips, now))
                .stream())
        .toList();
  }

  private static Optional<Slips> slips(Service service, Labels carried, Carriers carriers) {
    Labels asked = carriers.late().beyondControllers(service.selector().orElse(Labels.EMPTY));
    boolean mayBe =
        asked.pairs().stream()
            .allMatch(pair ->
                carried.has(pair.key(), pair.value()) || Slips.meant(pair, carried).isPresent());
    return mayBe && !carriers.any(Selector.of(asked))
        ? Slips.between(asked, carried, carriers::any)
        : Optional.empty();
  }

  private static Finding finding(String rule, Service service, Slips slips, Workload now) {
    return Finding.suspicion(
            rule,
            ObjectRef.of(now),
            LABELS.field(slips.all().getFirst().meant().key()),
            "Service %s waits for %s: did you mean that instead of %s?"
                .formatted(service.name(), slips.written(), slips.meant()))
        .fix("correct the labels, or the Service's selector.")
        .related(List.of(ObjectRef.of(service)))
        .about("Service " + service.name());
  }
}
