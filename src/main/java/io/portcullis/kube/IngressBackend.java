package io.portcullis.kube;

import java.util.Optional;

/** Where an Ingress sends requests. */
public sealed interface IngressBackend {
  /**
   * A Service of the Ingress's namespace.
   *
   * @param port the Service's port by number or name, never its targetPort
   */
  record ToService(String service, Optional<PortRef> port) implements IngressBackend {}

  /** Another object that the controller knows. */
  record ToResource(String kind, String name) implements IngressBackend {}
}
