package io.portcullis.rules;

import io.portcullis.cluster.Cluster;
import io.portcullis.finding.Mode;
import io.portcullis.net.Labels;
import io.portcullis.net.Requirement;
import io.portcullis.net.Selector;
import io.portcullis.settings.Settings;
import io.portcullis.settings.Tiers;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Labels that pods get after their template was written: by the controllers that make them, and by
 * this gate, which adds the tier. Templates are read as if they carried them already.
 */
public final class LateLabels {
  /** Labels that controllers set. Source: apps/v1, batch/v1 and their controllers. */
  private static final Set<String> BY_CONTROLLERS =
      Set.of(
          "statefulset.kubernetes.io/pod-name",
          "apps.kubernetes.io/pod-index",
          "batch.kubernetes.io/job-name",
          "batch.kubernetes.io/controller-uid",
          "batch.kubernetes.io/job-completion-index",
          "pod-template-hash",
          "controller-revision-hash",
          "pod-template-generation",
          "controller-uid",
          "job-name");

  private final Tiers tiers;
  private final Optional<String> tier;

  private LateLabels(Tiers tiers, Optional<String> tier) {
    this.tiers = tiers;
    this.tier = tier;
  }

  /** The labels that pods of a namespace get late. */
  static LateLabels in(String namespace, Question question) {
    return in(namespace, question.after(), question.settings());
  }

  /** The labels that pods of a namespace of a picture get late. */
  public static LateLabels in(String namespace, Cluster picture, Settings settings) {
    Tiers tiers = settings.tiers();
    if (!tiers.declared() || settings.isExempt(namespace)) {
      return new LateLabels(tiers, Optional.empty());
    }
    Labels labels = picture.namespaceLabels(namespace);
    boolean added = settings.modeOf(TierLabel.ID, namespace, labels) != Mode.OFF;
    return new LateLabels(tiers, added ? tiers.ofNamespace(namespace, labels) : Optional.empty());
  }

  /** The labels that pods made with these in their template will have, as far as is known. */
  public Labels onPod(Labels template) {
    return tier.isPresent() && !template.has(tiers.label())
        ? template.with(tiers.label(), tier.get())
        : template;
  }

  /** The value that is added under a key. */
  Optional<String> tier(String key) {
    return tier.filter(_ -> key.equals(tiers.label()));
  }

  /** What a selector asks beside the labels that controllers set, which count as present. */
  Labels beyondControllers(Labels wanted) {
    Labels left = wanted;
    for (String key : BY_CONTROLLERS) {
      left = left.without(key);
    }
    return left;
  }

  /** Whether pods made with these labels in their template will match. */
  boolean willMatch(Selector selector, Labels template) {
    return without(selector, requirement -> BY_CONTROLLERS.contains(requirement.key()))
        .matches(onPod(template));
  }

  /**
   * What is left to ask of templates when a selector is asked of them instead of pods. It may let
   * through a template that is explicitly in another tier: {@link #willMatch} does not.
   */
  Selector forTemplates(Selector selector) {
    return without(selector, this::isMetLate);
  }

  /**
   * The names of the namespaces where pods, or templates with what they get late, may match, in no
   * order.
   */
  static Collection<String> namespaces(Selector selector, Question question) {
    Tiers tiers = question.settings().tiers();
    Collection<String> rarest =
        question
            .after()
            .namespacesOfPods(
                without(
                    selector,
                    requirement ->
                        BY_CONTROLLERS.contains(requirement.key())
                            || requirement.key().equals(tiers.label())));
    for (Requirement requirement : selector.requirements()) {
      if (requirement instanceof Requirement.In in && in.key().equals(tiers.label())) {
        Collection<String> these = ofTiers(in, question);
        rarest = these.size() < rarest.size() ? these : rarest;
      }
    }
    return rarest;
  }

  /** Namespaces whose pods carry a tier, or may get it. */
  private static Set<String> ofTiers(Requirement.In wanted, Question question) {
    Cluster picture = question.after();
    Selector carried = new Selector(List.of(wanted));
    Set<String> all = new HashSet<>(picture.namespacesOfPods(carried));
    all.addAll(picture.namespacesMatching(carried));
    for (Tiers.Assignment assignment : question.settings().tiers().assign()) {
      if (wanted.values().contains(assignment.tier())) {
        all.addAll(
            assignment.namespaces().names().isEmpty()
                ? picture.namespacesMatching(
                    assignment.namespaces().selector().orElse(Selector.EVERYTHING))
                : assignment.namespaces().names());
      }
    }
    return all;
  }

  private static Selector without(Selector selector, Predicate<Requirement> met) {
    return selector.requirements().stream().noneMatch(met)
        ? selector
        : new Selector(selector.requirements().stream().filter(met.negate()).toList());
  }

  private boolean isMetLate(Requirement requirement) {
    return switch (requirement) {
      case Requirement.In in ->
          BY_CONTROLLERS.contains(in.key())
              || tier(in.key()).filter(in.values()::contains).isPresent();
      case Requirement.Exists exists ->
          BY_CONTROLLERS.contains(exists.key()) || tier(exists.key()).isPresent();
      case Requirement.NotIn _, Requirement.DoesNotExist _ -> false;
    };
  }
}
