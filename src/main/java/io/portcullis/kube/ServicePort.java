package io.portcullis.kube;

import io.portcullis.net.Protocol;

/**
 * A port of a Service.
 *
 * @param name empty where it has none
 * @param targetPort the port of the pods; equal to {@code port} where the manifest gives none
 * @param nodePort 0 where it has none
 */
public record ServicePort(
    String name, Protocol protocol, int port, PortRef targetPort, int nodePort) {}
