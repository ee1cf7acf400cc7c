package io.portcullis.rules;

import io.portcullis.cluster.Cluster;
import io.portcullis.finding.Evidence;
import io.portcullis.kube.Kind;
import io.portcullis.kube.Namespace;
import io.portcullis.settings.NamespaceMatch;
import io.portcullis.settings.Settings;

/** Whether default-deny must hold in a namespace. */
record Guard(String namespace, NamespaceMatch guarded) {
  static Guard of(String namespace, Settings settings) {
    return new Guard(namespace, settings.namespaces().guarded());
  }

  boolean isOn(Cluster picture) {
    return guarded.matches(namespace, picture.namespaceLabels(namespace));
  }

  /** That it is so, and that the namespace is not going away. */
  Evidence evidence() {
    return new Evidence.Present(
        Kind.NAMESPACE,
        "",
        namespace,
        live ->
            live instanceof Namespace found
                && !found.meta().ending()
                && guarded.matches(namespace, found.meta().labels()));
  }
}
