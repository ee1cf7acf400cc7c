package io.portcullis.kube;

import io.portcullis.net.Protocol;

/**
 * A port that a container declares.
 *
 * @param name empty where it has none
 * @param hostPort 0 where it takes none of its node
 */
public record ContainerPort(String name, int port, Protocol protocol, int hostPort) {
  /** Whether it is the port that a Service means with this {@code targetPort} and protocol. */
  public boolean is(PortRef target, Protocol wanted) {
    return protocol == wanted
        && switch (target) {
          case PortRef.ByName named -> name.equals(named.name());
          case PortRef.ByNumber number -> port == number.port();
        };
  }
}
