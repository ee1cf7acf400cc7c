package io.portcullis.rules;

import io.portcullis.cluster.Contents;
import io.portcullis.finding.Evidence;
import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.finding.PatchOp;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.Service;
import io.portcullis.kube.Workload;
import io.portcullis.net.Label;
import io.portcullis.net.Labels;
import io.portcullis.net.Requirement;
import io.portcullis.net.Selector;
import io.portcullis.text.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a new template leaves without pods: Services, or NetworkPolicies. Clearly other labels may
 * be followed by a change of what selects, so they are only suspected; a value that is nearly the
 * selector's, or its value under a twin of its key, is a mistake.
 */
final class Stranded<T extends KubeObject> {
  private static final FieldPath LABELS = FieldPath.of("spec", "template", "metadata", "labels");

  /** What selects pods, by what, and what that is called. */
  private record Selecting<T>(Class<T> type, Function<T, Selector> selector, String field) {}

  private final String rule;
  private final Workload now;
  private final Carriers carriers;
  private final Selecting<T> selecting;

  private Stranded(String rule, Workload now, Carriers carriers, Selecting<T> selecting) {
    this.rule = rule;
    this.now = now;
    this.carriers = carriers;
    this.selecting = selecting;
  }

  static List<Finding> services(String rule, Workload old, Workload now, Question question) {
    Selecting<Service> selecting =
        new Selecting<>(
            Service.class,
            service -> Selector.of(service.selector().orElse(Labels.EMPTY)),
            "selector");
    return of(rule, old, now, question, selecting);
  }

  static List<Finding> policies(String rule, Workload old, Workload now, Question question) {
    Selecting<NetworkPolicy> selecting =
        new Selecting<>(NetworkPolicy.class, NetworkPolicy::podSelector, "podSelector");
    return of(rule, old, now, question, selecting);
  }

  private static <T extends KubeObject> List<Finding> of(
      String rule, Workload old, Workload now, Question question, Selecting<T> selecting) {
    if (old.template().labels().equals(now.template().labels())) {
      return List.of();
    }
    Carriers carriers = Carriers.in(now.namespace(), question);
    return new Stranded<>(rule, now, carriers, selecting).since(old.template().labels());
  }

  private List<Finding> since(Labels old) {
    Labels before = carriers.late().onPod(old);
    Labels after = carriers.late().onPod(now.template().labels());
    return carriers.here().selecting(before).stream()
        .filter(selecting.type()::isInstance)
        .map(selecting.type()::cast)
        .filter(object -> !selector(object).matches(after))
        .filter(this::isLeftAlone)
        .sorted(Comparator.comparing(KubeObject::name))
        .map(object -> finding(object, lost(object, after), after))
        .toList();
  }

  private Selector selector(T object) {
    return selecting.selector().apply(object);
  }

  /** Whether nothing but this workload's own, soon replaced, pods is selected. */
  private boolean isLeftAlone(T object) {
    Contents here = carriers.here();
    Optional<Maker> self = Optional.of(Maker.of(now));
    return carriers
            .workloads(selector(object))
            .map(Maker::of)
            .map(Optional::of)
            .allMatch(self::equals)
        && here.podsMatching(selector(object)).stream()
            .map(pods -> Maker.of(pods.controller(), here))
            .allMatch(self::equals);
  }

  /** What the selector asks and the new labels do not meet. */
  private List<Requirement> lost(T object, Labels after) {
    return selector(object).requirements().stream()
        .filter(requirement -> !requirement.matches(after))
        .toList();
  }

  private Finding finding(T object, List<Requirement> lost, Labels after) {
    Optional<Slips> slips = slips(lost, after);
    String kind = object.kind().text();
    String said = "%s %s is left without pods".formatted(kind, object.name());
    Finding finding =
        slips
            .map(found ->
                Finding.violation(
                        rule,
                        ObjectRef.of(now),
                        LABELS.field(found.firstWrongKey()),
                        "%s: did you mean %s instead of %s?"
                            .formatted(
                                said,
                                found.all().getFirst().meant(),
                                found.all().getFirst().written()))
                    .patch(patch(found))
                    .restsOn(List.of(presence(object))))
            .orElseGet(() ->
                Finding.suspicion(
                    rule,
                    ObjectRef.of(now),
                    path(lost.getFirst().key()),
                    "%s: it selects %s.".formatted(said, all(lost))));
    return finding
        .fix("keep %s, or change the %s's %s too.".formatted(all(lost), kind, selecting.field()))
        .related(List.of(ObjectRef.of(object)))
        .about(kind + " " + object.name());
  }

  private static String all(List<Requirement> lost) {
    return Words.and(lost.stream().map(Requirement::toString).toList());
  }

  private FieldPath path(String key) {
    return now.template().labels().has(key) ? LABELS.field(key) : LABELS;
  }

  /** The carried labels that were meant as what is asked for, if each is near. */
  private static Optional<Slips> slips(List<Requirement> lost, Labels after) {
    List<Label> asked = new Selector(lost).requiredPairs().pairs();
    List<Slips.Slip> slips = new ArrayList<>();
    for (Label pair : asked) {
      Slips.meant(pair, after).ifPresent(carried -> slips.add(new Slips.Slip(carried, pair)));
    }
    return slips.size() == lost.size() ? Optional.of(new Slips(slips)) : Optional.empty();
  }

  /** A label under a twin of its key may be asked for by others: it stays beside the right one. */
  private static List<PatchOp> patch(Slips slips) {
    return slips.all().stream()
        .<PatchOp>map(slip ->
            new PatchOp.Add(LABELS.field(slip.meant().key()).pointer(), slip.meant().value()))
        .toList();
  }

  private Evidence presence(T object) {
    return new Evidence.Present(
        object.kind(),
        object.namespace(),
        object.name(),
        live ->
            selecting.type().isInstance(live)
                && selector(selecting.type().cast(live)).equals(selector(object)));
  }
}
