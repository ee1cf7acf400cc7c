package io.portcullis.kube;

import io.portcullis.net.Protocol;

/**
 * A port that a container declares.
 *
 * @param name empty where it has none
 * @param hostPort 0 where it takes none of its node
 */
public record ContainerPort(String name, int port, Protocol protocol, int hostPort) {}
