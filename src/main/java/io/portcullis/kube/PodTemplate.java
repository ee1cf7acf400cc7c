package io.portcullis.kube;

import io.portcullis.net.Labels;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pods that a workload will make.
 *
 * @param annotations only those that some rule reads: {@link Annotations#isKept}
 */
public record PodTemplate(Labels labels, Map<String, String> annotations, PodSpec spec) {
  public PodTemplate {
    annotations =
        annotations.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(annotations));
  }

  /** A template without annotations. */
  public PodTemplate(Labels labels, PodSpec spec) {
    this(labels, Map.of(), spec);
  }

  public PodTemplate withLabels(Labels changed) {
    return new PodTemplate(changed, annotations, spec);
  }
}
