package io.portcullis.rules;

import io.portcullis.cluster.Contents;
import io.portcullis.finding.Change;
import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.finding.Operation;
import io.portcullis.finding.PatchOp;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.Pod;
import io.portcullis.kube.Workload;
import io.portcullis.net.Labels;
import io.portcullis.settings.Tiers;
import io.portcullis.text.Nearest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Pods carry the label of their tier: it is added where it is missing, and one that is unknown,
 * contradicts the namespace's or is changed on a running pod is a mistake, or a way out of a
 * policy. Says nothing where no tier is declared.
 */
public final class TierLabel implements MutatingRule {
  private static final String ID = "tier-label";

  private static final RuleInfo INFO =
      new RuleInfo(
          ID,
          "Pods carry the label of their tier",
          Set.of(
              Kind.POD,
              Kind.DEPLOYMENT,
              Kind.REPLICA_SET,
              Kind.STATEFUL_SET,
              Kind.DAEMON_SET,
              Kind.REPLICATION_CONTROLLER,
              Kind.JOB,
              Kind.CRON_JOB),
          Set.of(Operation.CREATE, Operation.UPDATE),
          RuleInfo.View.THE_OBJECT);

  private static final FieldPath POD_LABELS = FieldPath.of("metadata", "labels");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> judge(Question question) {
    Tiers tiers = question.settings().tiers();
    if (!tiers.declared() || question.change().object().isEmpty()) {
      return List.of();
    }
    KubeObject object = question.change().object().get();
    return new Case(object, tiers, question).findings();
  }

  @Override
  public List<PatchOp> mutate(Question question) {
    Change change = question.change();
    Tiers tiers = question.settings().tiers();
    if (!tiers.declared()
        || change.operation() != Operation.CREATE
        || !(change.object().orElse(null) instanceof Pod pod)) {
      return List.of();
    }
    Case it = new Case(pod, tiers, question);
    return it.namespaceTier
        .filter(tier -> !pod.meta().labels().has(tiers.label()))
        .filter(tier -> it.catchers(tier).isEmpty())
        .map(tier -> it.adding(pod.meta().labels(), tier))
        .orElse(List.of());
  }

  /** One object that has, or makes, pods in a namespace. */
  private static final class Case {
    private final KubeObject object;
    private final Tiers tiers;
    private final Question question;
    private final Optional<String> namespaceTier;
    private final Labels labels;
    private final FieldPath path;

    Case(KubeObject object, Tiers tiers, Question question) {
      this.object = object;
      this.tiers = tiers;
      this.question = question;
      String namespace = namespace();
      this.namespaceTier =
          tiers.ofNamespace(namespace, question.after().namespaceLabels(namespace));
      this.labels =
          object instanceof Workload workload
              ? workload.template().labels()
              : object.meta().labels();
      this.path =
          object instanceof Workload workload ? templateLabels(workload.kind()) : POD_LABELS;
    }

    private String namespace() {
      return object.namespace().isEmpty()
          ? question.change().target().namespace()
          : object.namespace();
    }

    List<Finding> findings() {
      Optional<String> carried = labels.get(tiers.label());
      Optional<Finding> moved = moved(carried);
      return moved.or(() -> carried.isPresent() ? wrong(carried.get()) : missing()).stream()
          .toList();
    }

    /** The label of a pod that runs is changed or taken away, other than to what is right. */
    private Optional<Finding> moved(Optional<String> carried) {
      if (!(object instanceof Pod)) {
        return Optional.empty();
      }
      return question
          .change()
          .oldObject()
          .flatMap(old -> old.meta().labels().get(tiers.label()))
          .filter(old -> !carried.equals(Optional.of(old)))
          .filter(old -> carried.isEmpty() || !carried.equals(namespaceTier))
          .map(old ->
              finding(
                      "the tier of a running pod is %s from \"%s\"%s: policies would lose it."
                          .formatted(
                              carried.isPresent() ? "changed" : "taken away",
                              old,
                              carried.map(now -> " to \"" + now + "\"").orElse("")),
                      "keep %s=%s; to move the pod, create it anew in the other tier."
                          .formatted(tiers.label(), old))
                  .about("moved from " + old));
    }

    private Optional<Finding> wrong(String carried) {
      if (!tiers.names().contains(carried)) {
        return Optional.of(unknown(carried));
      }
      return namespaceTier
          .filter(tier -> !tier.equals(carried))
          .map(tier ->
              finding(
                      "\"%s\" contradicts the tier \"%s\" of namespace %s."
                          .formatted(carried, tier, namespace()),
                      "set it to \"%s\", or leave it out: it is added.".formatted(tier))
                  .patch(replacing(tier))
                  .about("tier " + carried));
    }

    private Finding unknown(String carried) {
      Optional<String> near = namespaceTier.or(() -> Nearest.to(carried, tiers.names()));
      Finding finding =
          finding(
                  "\"%s\" is no tier: the tiers are %s."
                      .formatted(carried, String.join(", ", tiers.names())),
                  near.map(tier -> "set it to \"%s\".".formatted(tier))
                      .orElse("set it to one of these, or add the tier to the settings."))
              .about("tier " + carried);
      return near.map(tier -> finding.patch(replacing(tier))).orElse(finding);
    }

    /** No label: right for templates, whose pods will get one, and a worry for pods. */
    private Optional<Finding> missing() {
      if (question.change().operation() != Operation.CREATE) {
        return Optional.empty();
      }
      if (namespaceTier.isEmpty()) {
        return untiered();
      }
      return object instanceof Pod ? unlabelled(namespaceTier.get()) : Optional.empty();
    }

    private Optional<Finding> untiered() {
      String message = "the pod is in no tier, and neither is namespace %s.".formatted(namespace());
      String fix =
          "label the namespace or the pod with %s, or add the namespace to tiers.assign."
              .formatted(tiers.label());
      return switch (tiers.unlabelled()) {
        case ALLOW -> Optional.empty();
        case ASSIGN -> Optional.of(suspicion(message, fix).about("no tier"));
        case DENY -> Optional.of(finding(message, fix).about("no tier"));
      };
    }

    /** It was not added, because something would catch the pod, or was stripped afterwards. */
    private Optional<Finding> unlabelled(String tier) {
      List<ObjectRef> catchers = catchers(tier).stream().map(ObjectRef::of).sorted(BY_ID).toList();
      String why =
          catchers.isEmpty()
              ? "and something took it away or the gate was not asked to add it"
              : "since %s would then select the pod".formatted(catchers.getFirst());
      return Optional.of(
          suspicion(
                  "the pod lacks %s=%s, %s.".formatted(tiers.label(), tier, why),
                  catchers.isEmpty()
                      ? "set the label in the manifest."
                      : "give the pod other labels, or narrow that selector.")
              .related(catchers)
              .about("no tier"));
    }

    private static final Comparator<ObjectRef> BY_ID = Comparator.comparing(ObjectRef::id);

    /**
     * What would newly select the pod with the label: a ReplicaSet would adopt it and delete it, a
     * Service would send it traffic. Policies are meant to.
     */
    List<KubeObject> catchers(String tier) {
      Contents here = question.before().in(namespace());
      Set<KubeObject> already = Set.copyOf(here.selecting(labels));
      return here.selecting(labels.with(tiers.label(), tier)).stream()
          .filter(catcher -> !(catcher instanceof NetworkPolicy))
          .filter(catcher -> !already.contains(catcher))
          .toList();
    }

    List<PatchOp> adding(Labels present, String tier) {
      String pointer = POD_LABELS.pointer();
      return present.isEmpty()
          ? List.of(new PatchOp.Add(pointer, Map.of(tiers.label(), tier)))
          : List.of(new PatchOp.Add(POD_LABELS.field(tiers.label()).pointer(), tier));
    }

    private List<PatchOp> replacing(String tier) {
      return List.of(new PatchOp.Replace(path.field(tiers.label()).pointer(), tier));
    }

    private Finding finding(String message, String fix) {
      return Finding.violation(ID, question.ref(), where(), message).fix(fix);
    }

    private Finding suspicion(String message, String fix) {
      return Finding.suspicion(ID, question.ref(), where(), message).fix(fix);
    }

    private FieldPath where() {
      return labels.has(tiers.label()) ? path.field(tiers.label()) : path;
    }

    private static FieldPath templateLabels(Kind kind) {
      return kind == Kind.CRON_JOB
          ? FieldPath.of("spec", "jobTemplate", "spec", "template", "metadata", "labels")
          : FieldPath.of("spec", "template", "metadata", "labels");
    }
  }
}
