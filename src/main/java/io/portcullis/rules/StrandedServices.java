package io.portcullis.rules;

import io.portcullis.cluster.Contents;
import io.portcullis.cluster.PodGroup;
import io.portcullis.finding.Evidence;
import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.finding.PatchOp;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.Owner;
import io.portcullis.kube.Service;
import io.portcullis.kube.Workload;
import io.portcullis.net.Label;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The Services that a new template leaves without pods. Clearly other labels may be followed by the
 * Service's own change, so they are only suspected; a value that is nearly the selector's is a
 * mistake.
 */
final class StrandedServices {
  private static final FieldPath LABELS = FieldPath.of("spec", "template", "metadata", "labels");

  private StrandedServices() {}

  static List<Finding> of(String rule, Workload old, Workload now, Question question) {
    if (old.template().labels().equals(now.template().labels())) {
      return List.of();
    }
    Contents here = question.after().in(now.namespace());
    LateLabels late = LateLabels.in(now.namespace(), question);
    Labels before = late.onPod(old.template().labels());
    Labels after = late.onPod(now.template().labels());
    return here.servicesSelecting(before).stream()
        .filter(service -> !selector(service).matches(after))
        .filter(service -> isLeftAlone(service, now, here, late))
        .sorted(Comparator.comparing(Service::name))
        .map(service -> finding(rule, now, service, after))
        .toList();
  }

  private static Selector selector(Service service) {
    return Selector.of(service.selector().orElse(Labels.EMPTY));
  }

  /** Whether nothing but this workload's own, soon replaced, pods is selected. */
  private static boolean isLeftAlone(
      Service service, Workload now, Contents here, LateLabels late) {
    return here.workloadsMatching(late.forTemplates(selector(service))).stream()
            .allMatch(other -> isOwn(other, now))
        && here.podsMatching(selector(service)).stream().allMatch(pods -> isOwn(pods, now, here));
  }

  private static boolean isOwn(Workload other, Workload now) {
    return (other.kind() == now.kind() && other.name().equals(now.name()))
        || other.meta().controller().filter(owner -> is(owner, now)).isPresent();
  }

  private static boolean isOwn(PodGroup pods, Workload now, Contents here) {
    Optional<Owner> controller = pods.controller();
    return controller.filter(owner -> is(owner, now)).isPresent()
        || controller
            .filter(owner -> owner.kind().equals(Kind.REPLICA_SET.text()))
            .flatMap(owner -> here.find(Kind.REPLICA_SET, owner.name()))
            .flatMap(replicaSet -> replicaSet.meta().controller())
            .filter(owner -> is(owner, now))
            .isPresent();
  }

  private static boolean is(Owner owner, Workload workload) {
    return owner.kind().equals(workload.kind().text()) && owner.name().equals(workload.name());
  }

  private static Finding finding(String rule, Workload now, Service service, Labels after) {
    Label lost =
        service.selector().orElseThrow().pairs().stream()
            .filter(pair -> !after.has(pair.key(), pair.value()))
            .findFirst()
            .orElseThrow();
    Optional<Label> slip = slip(service, after);
    String written =
        after.get(lost.key()).map(value -> lost.key() + "=" + value).orElse("no label");
    String message =
        "%s here takes the pods away from Service %s/%s, which selects %s%s"
            .formatted(
                written,
                service.namespace(),
                service.name(),
                service.selector().orElseThrow(),
                slip.isPresent() ? ": did you mean " + lost + "?" : ".");
    Finding finding =
        slip.isPresent()
            ? Finding.violation(rule, ObjectRef.of(now), path(now, slip.get().key()), message)
                .patch(patch(lost, slip.get()))
                .restsOn(List.of(presence(service)))
            : Finding.suspicion(rule, ObjectRef.of(now), path(now, lost.key()), message);
    return finding
        .fix("set the label %s in the template, or change the Service's selector.".formatted(lost))
        .related(List.of(ObjectRef.of(service)))
        .about("Service " + service.name());
  }

  private static FieldPath path(Workload now, String key) {
    return now.template().labels().has(key) ? LABELS.field(key) : LABELS;
  }

  /** The carried label that was meant as what the Service asks for, if each pair is near. */
  private static Optional<Label> slip(Service service, Labels after) {
    Optional<Label> first = Optional.empty();
    for (Label pair : service.selector().orElseThrow().pairs()) {
      if (after.has(pair.key(), pair.value())) {
        continue;
      }
      Optional<Label> meant = NearMiss.meant(pair, after);
      if (meant.isEmpty()) {
        return Optional.empty();
      }
      first = first.or(() -> meant);
    }
    return first;
  }

  private static List<PatchOp> patch(Label lost, Label slip) {
    String right = LABELS.field(lost.key()).pointer();
    return lost.key().equals(slip.key())
        ? List.of(new PatchOp.Replace(right, lost.value()))
        : List.of(
            new PatchOp.Remove(LABELS.field(slip.key()).pointer()),
            new PatchOp.Add(right, lost.value()));
  }

  private static Evidence presence(Service service) {
    return new Evidence.Present(
        Kind.SERVICE,
        service.namespace(),
        service.name(),
        object -> object instanceof Service live && live.selector().equals(service.selector()));
  }
}
