package io.portcullis.kube;

import io.portcullis.net.Labels;
import io.portcullis.net.Protocol;
import java.util.List;
import java.util.Optional;

/**
 * Where requests from outside are sent beside Ingresses: a route of the Gateway API, or a Route of
 * OpenShift.
 *
 * @param entered whether it belongs to a Gateway; a route without one, or of a mesh, is no way in
 */
public record Route(Kind kind, Meta meta, boolean entered, List<Backend> backends)
    implements KubeObject {
  /** A Service to which requests are sent. */
  public sealed interface Backend {
    /**
     * Of a route of the Gateway API.
     *
     * @param port the Service's
     */
    record OnPort(String namespace, String service, int port) implements Backend {}

    /**
     * Of an OpenShift Route, in its own namespace.
     *
     * @param targetPort the name of the Service's port, or the pods' port; empty: all of them
     */
    record OnTarget(String service, Optional<PortRef> targetPort) implements Backend {}
  }

  public Route {
    backends = List.copyOf(backends);
  }

  /** The protocol of the connections to its backends. */
  public Protocol protocol() {
    return kind == Kind.UDP_ROUTE ? Protocol.UDP : Protocol.TCP;
  }

  @Override
  public Route facts() {
    return new Route(kind, meta.facts(Labels.EMPTY), entered, backends);
  }
}
