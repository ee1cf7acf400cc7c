package io.portcullis.kube;

import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.Optional;

/**
 * A PodDisruptionBudget.
 *
 * @param selector empty where there is none, which selects no pod; the empty selector selects all
 */
public record PodDisruptionBudget(Meta meta, Optional<Selector> selector) implements KubeObject {
  @Override
  public Kind kind() {
    return Kind.POD_DISRUPTION_BUDGET;
  }

  @Override
  public PodDisruptionBudget facts() {
    return new PodDisruptionBudget(meta.facts(Labels.EMPTY), selector);
  }
}
