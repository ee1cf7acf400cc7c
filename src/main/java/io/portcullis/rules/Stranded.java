package io.portcullis.rules;

import io.portcullis.cluster.Contents;
import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.finding.PatchOp;
import io.portcullis.kube.FieldPath;
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
import java.util.stream.Stream;

/**
 * What a new template leaves without pods: Services, or NetworkPolicies and peers of them. Clearly
 * other labels may be followed by a change of what selects, so they are only suspected; a value
 * that is nearly the selector's, or its value under a twin of its key, is a mistake.
 */
final class Stranded {
  private static final FieldPath LABELS = FieldPath.of("spec", "template", "metadata", "labels");

  private final String rule;
  private final Workload now;
  private final Carriers carriers;
  private final Question question;

  private Stranded(String rule, Workload now, Question question) {
    this.rule = rule;
    this.now = now;
    this.carriers = Carriers.in(now.namespace(), question);
    this.question = question;
  }

  static List<Finding> services(String rule, Workload old, Workload now, Question question) {
    return areAlike(old, now)
        ? List.of()
        : new Stranded(rule, now, question).of(old, Asking::services);
  }

  static List<Finding> policies(String rule, Workload old, Workload now, Question question) {
    return areAlike(old, now)
        ? List.of()
        : new Stranded(rule, now, question).of(old, Asking::policies);
  }

  private static boolean areAlike(Workload old, Workload now) {
    return old.template().labels().equals(now.template().labels());
  }

  /** Who asks for pods with labels in a namespace. */
  private interface Askers {
    Stream<Asking> of(String namespace, Labels labels, Question question);
  }

  private List<Finding> of(Workload old, Askers askers) {
    Labels before = carriers.late().onPod(old.template().labels());
    Labels after = carriers.late().onPod(now.template().labels());
    return askers
        .of(now.namespace(), before, question)
        .filter(asking -> !asking.selector().matches(after))
        .filter(this::isLeftAlone)
        .sorted(Comparator.comparing(Asking::name).thenComparing(Asking::field))
        .map(asking -> finding(asking, lost(asking, after), after))
        .toList();
  }

  /** Whether nothing but this workload's own, soon replaced, pods is selected. */
  private boolean isLeftAlone(Asking asking) {
    Contents here = carriers.here();
    Optional<Maker> self = Optional.of(Maker.of(now));
    return carriers
            .workloads(asking.selector())
            .map(Maker::of)
            .map(Optional::of)
            .allMatch(self::equals)
        && here.podsMatching(asking.selector()).stream()
            .map(pods -> Maker.of(pods.controller(), here))
            .allMatch(self::equals)
        && asking.namespaces().stream()
            .filter(other -> !other.equals(now.namespace()))
            .noneMatch(other -> Carriers.in(other, question).any(asking.selector()));
  }

  /** What the selector asks and the new labels do not meet. */
  private static List<Requirement> lost(Asking asking, Labels after) {
    return asking.selector().requirements().stream()
        .filter(requirement -> !requirement.matches(after))
        .toList();
  }

  private Finding finding(Asking asking, List<Requirement> lost, Labels after) {
    Optional<Slips> slips = slips(lost, after);
    String said = asking + " is left without pods";
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
                    .restsOn(List.of(asking.presence())))
            .orElseGet(() ->
                Finding.suspicion(
                    rule,
                    ObjectRef.of(now),
                    path(lost.getFirst().key()),
                    "%s: it selects %s.".formatted(said, all(lost))));
    return finding
        .fix(
            "keep %s, or change the %s's %s too."
                .formatted(all(lost), asking.object().kind().text(), asking.field()))
        .related(List.of(ObjectRef.of(asking.object())))
        .about(asking.toString());
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
}
