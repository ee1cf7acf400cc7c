package io.portcullis.rules;

import io.portcullis.net.Labels;
import io.portcullis.net.Requirement;
import io.portcullis.net.Selector;
import io.portcullis.settings.Settings;
import io.portcullis.settings.Tiers;
import java.util.Optional;
import java.util.Set;

/**
 * Labels that pods get after their template was written: by the controllers that make them, and by
 * this gate, which adds the tier. Templates are read as if they carried them already.
 */
final class LateLabels {
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
    Settings settings = question.settings();
    Tiers tiers = settings.tiers();
    return new LateLabels(
        tiers,
        tiers.declared() && !settings.isExempt(namespace)
            ? tiers.ofNamespace(namespace, question.after().namespaceLabels(namespace))
            : Optional.empty());
  }

  /** The labels that pods made with these in their template will have, as far as is known. */
  Labels onPod(Labels template) {
    return tier.isPresent() && !template.has(tiers.label())
        ? template.with(tiers.label(), tier.get())
        : template;
  }

  /** What is left to ask of templates when a selector is asked of them instead of pods. */
  Selector forTemplates(Selector selector) {
    return new Selector(
        selector.requirements().stream().filter(requirement -> !isMetLate(requirement)).toList());
  }

  private boolean isMetLate(Requirement requirement) {
    return switch (requirement) {
      case Requirement.In in ->
          BY_CONTROLLERS.contains(in.key())
              || (in.key().equals(tiers.label()) && tier.filter(in.values()::contains).isPresent());
      case Requirement.Exists exists ->
          BY_CONTROLLERS.contains(exists.key())
              || (exists.key().equals(tiers.label()) && tier.isPresent());
      case Requirement.NotIn _, Requirement.DoesNotExist _ -> false;
    };
  }
}
