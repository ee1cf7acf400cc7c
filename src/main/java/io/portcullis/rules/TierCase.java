package io.portcullis.rules;

import io.portcullis.finding.Change;
import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.finding.Operation;
import io.portcullis.finding.PatchOp;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Pod;
import io.portcullis.kube.Workload;
import io.portcullis.net.Labels;
import io.portcullis.settings.Tiers;
import io.portcullis.text.Nearest;
import io.portcullis.text.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One object that is a pod, or makes pods, in a namespace, before {@link TierLabel}. */
final class TierCase {
  private static final FieldPath POD_LABELS = FieldPath.of("metadata", "labels");

  private final KubeObject object;
  private final Tiers tiers;
  private final Question question;
  private final String namespace;
  private final Optional<String> namespaceTier;
  private final Labels labels;
  private final FieldPath path;

  TierCase(KubeObject object, Tiers tiers, Question question) {
    this.object = object;
    this.tiers = tiers;
    this.question = question;
    this.namespace =
        object.namespace().isEmpty() ? question.change().target().namespace() : object.namespace();
    this.namespaceTier = tiers.ofNamespace(namespace, question.after().namespaceLabels(namespace));
    this.labels =
        object instanceof Workload workload ? workload.template().labels() : object.meta().labels();
    this.path = object instanceof Workload workload ? templateLabels(workload.kind()) : POD_LABELS;
  }

  private static FieldPath templateLabels(Kind kind) {
    return kind == Kind.CRON_JOB
        ? FieldPath.of("spec", "jobTemplate", "spec", "template", "metadata", "labels")
        : FieldPath.of("spec", "template", "metadata", "labels");
  }

  /** What adds the label to a pod; empty where it has one, or should not get one. */
  List<PatchOp> adding() {
    return namespaceTier
        .filter(_ -> !labels.has(tiers.label()))
        .filter(tier -> catchers(tier).isEmpty())
        .map(this::adding)
        .orElse(List.of());
  }

  private List<PatchOp> adding(String tier) {
    return List.of(
        labels.isEmpty()
            ? new PatchOp.Add(path.pointer(), Map.of(tiers.label(), tier))
            : new PatchOp.Add(path.field(tiers.label()).pointer(), tier));
  }

  List<Finding> findings() {
    Optional<String> carried = labels.get(tiers.label());
    return moved(carried).or(() -> carried.isPresent() ? wrong(carried.get()) : missing()).stream()
        .toList();
  }

  /** The label of a pod that runs is changed or taken away, other than to what is right. */
  private Optional<Finding> moved(Optional<String> carried) {
    Change change = question.change();
    if (!(object instanceof Pod)) {
      return Optional.empty();
    }
    return change
        .oldObject()
        .flatMap(old -> old.meta().labels().get(tiers.label()))
        .filter(tiers.names()::contains)
        .filter(old -> !carried.equals(Optional.of(old)))
        .filter(_ -> carried.isEmpty() || !carried.equals(namespaceTier))
        .map(old -> moved(old, carried));
  }

  private Finding moved(String old, Optional<String> carried) {
    String how =
        carried
            .map(now -> "is changed from \"%s\" to \"%s\"".formatted(old, now))
            .orElse("\"%s\" is taken away".formatted(old));
    String right = namespaceTier.orElse(old);
    return violation(
            "the running pod's tier %s: that tier's policies would lose hold of it.".formatted(how),
            right.equals(old)
                ? "keep %s=%s; a pod changes its tier by being made anew.".formatted(key(), old)
                : "set %s to \"%s\", the tier of namespace %s.".formatted(key(), right, namespace))
        .patch(adding(right))
        .about("moved from " + old);
  }

  private Optional<Finding> wrong(String carried) {
    if (!tiers.names().contains(carried)) {
      return Optional.of(unknown(carried));
    }
    return namespaceTier
        .filter(tier -> !tier.equals(carried))
        .map(tier ->
            replacing(
                violation(
                    "\"%s\" contradicts the tier \"%s\" of namespace %s."
                        .formatted(carried, tier, namespace),
                    setting(tier) + (isAddedIfLeftOut() ? ", or leave it out: it is added." : ".")),
                tier,
                carried));
  }

  private Finding unknown(String carried) {
    Optional<String> near = Nearest.to(carried, tiers.names());
    String message =
        "\"%s\" is no tier: %s"
            .formatted(
                carried,
                near.map("did you mean \"%s\"?"::formatted)
                    .orElse("the tiers are %s.".formatted(Words.and(List.copyOf(tiers.names())))));
    Optional<String> right = namespaceTier.or(() -> near);
    Finding finding =
        violation(
            message,
            right
                .map(tier -> setting(tier) + ".")
                .orElse("set it to one of these, or declare the tier in the settings."));
    return right
        .map(tier -> replacing(finding, tier, carried))
        .orElse(finding.about("tier " + carried));
  }

  /** Where the workload selects by the label too, a patch of the template alone would not do. */
  private Finding replacing(Finding finding, String tier, String carried) {
    Finding named = finding.about("tier " + carried);
    return isSelectedBy(carried)
        ? named
        : named.patch(List.of(new PatchOp.Replace(path.field(key()).pointer(), tier)));
  }

  private String setting(String tier) {
    boolean both = labels.get(key()).filter(this::isSelectedBy).isPresent();
    return "set it to \"%s\"%s".formatted(tier, both ? " in the template and the selector" : "");
  }

  private boolean isAddedIfLeftOut() {
    boolean runs = object instanceof Pod && question.change().operation() != Operation.CREATE;
    return !runs && labels.get(key()).filter(this::isSelectedBy).isEmpty();
  }

  private boolean isSelectedBy(String carried) {
    return object instanceof Workload workload
        && workload
            .selector()
            .filter(selector -> selector.requiredPairs().has(key(), carried))
            .isPresent();
  }

  /** No label: it will be added to what is made from a template, and was to a pod by now. */
  private Optional<Finding> missing() {
    if (question.change().operation() != Operation.CREATE) {
      return Optional.empty();
    }
    return namespaceTier.isEmpty() ? untiered() : unlabelled(namespaceTier.get());
  }

  private Optional<Finding> untiered() {
    String message =
        "%s in no tier, and neither is namespace %s."
            .formatted(object instanceof Pod ? "the pod is" : "its pods are", namespace);
    String fix =
        "label the namespace or the pods with %s, or list the namespace in tiers.assign."
            .formatted(key());
    return switch (tiers.unlabelled()) {
      case ALLOW -> Optional.empty();
      case ASSIGN -> Optional.of(suspicion(message, fix).about("no tier"));
      case DENY -> Optional.of(violation(message, fix).about("no tier"));
    };
  }

  /** It is not added, because something would catch the pod, or was stripped afterwards. */
  private Optional<Finding> unlabelled(String tier) {
    List<KubeObject> catchers = catchers(tier);
    if (!catchers.isEmpty()) {
      return Optional.of(caught(tier, catchers));
    }
    return object instanceof Pod && question.occasion() == Question.Occasion.REQUEST
        ? Optional.of(
            suspicion(
                    "the pod lacks %s=%s: the gate was not asked to add it, or something took it"
                            .formatted(key(), tier)
                        + " away.",
                    "set the label in the manifest.")
                .about("no tier"))
        : Optional.empty();
  }

  private Finding caught(String tier, List<KubeObject> catchers) {
    boolean one = object instanceof Pod;
    boolean adopted = catchers.stream().anyMatch(Workload.class::isInstance);
    boolean all = catchers.stream().allMatch(Workload.class::isInstance);
    List<ObjectRef> by = catchers.stream().map(ObjectRef::of).toList();
    return suspicion(
            "%s without %s=%s, since %s would then %s %s."
                .formatted(
                    one ? "the pod stays" : "its pods stay",
                    key(),
                    tier,
                    Words.and(by.stream().map(ObjectRef::toString).toList()),
                    all ? "adopt" : adopted ? "catch" : "select",
                    one ? "it" : "them"),
            adopted
                ? "narrow the selector."
                : "set the label if that is meant, else narrow the selector.")
        .related(by)
        .about("no tier");
  }

  private List<KubeObject> catchers(String tier) {
    Catchers catchers = new Catchers(question.before().in(namespace));
    return object instanceof Workload workload
        ? catchers.ofMade(Maker.of(workload), labels, labels.with(key(), tier))
        : catchers.of(object.meta(), labels.with(key(), tier));
  }

  private String key() {
    return tiers.label();
  }

  private Finding violation(String message, String fix) {
    return Finding.violation(TierLabel.ID, question.ref(), where(), message).fix(fix);
  }

  private Finding suspicion(String message, String fix) {
    return Finding.suspicion(TierLabel.ID, question.ref(), where(), message).fix(fix);
  }

  private FieldPath where() {
    return labels.has(key()) ? path.field(key()) : path;
  }
}
