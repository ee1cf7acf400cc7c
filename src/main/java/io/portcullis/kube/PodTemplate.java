package io.portcullis.kube;

import io.portcullis.net.Labels;

/** The pods that a workload will make. */
public record PodTemplate(Labels labels, PodSpec spec) {
  public PodTemplate withLabels(Labels changed) {
    return new PodTemplate(changed, spec);
  }
}
