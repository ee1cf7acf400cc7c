package io.portcullis.reach;

import io.portcullis.kube.PortRef;
import io.portcullis.net.Labels;
import io.portcullis.net.PortSet;
import io.portcullis.net.Protocol;

/**
 * Where an entry to the cluster leads: to the pods that a Service selects, on one of its ports.
 *
 * @param selector never empty
 * @param within the pods' ports that the entry takes, of those behind the Service's port
 */
public record Lead(
    String namespace, Labels selector, Protocol protocol, PortRef targetPort, PortSet within) {
  /** The pod's port that it leads to; none where it leads elsewhere. */
  public PortSet on(Endpoint pod) {
    boolean selected = pod.namespace().equals(namespace) && pod.labels().containsAll(selector);
    if (!selected) {
      return PortSet.NONE;
    }
    PortSet target =
        switch (targetPort) {
          case PortRef.ByNumber number -> PortSet.ofAny(protocol, number.port());
          case PortRef.ByName name -> pod.named(name.name(), protocol);
        };
    return target.intersection(within);
  }
}
