package io.portcullis.kube;

/** A port that is named by its number or by its name. Source: IntOrString fields of the API. */
public sealed interface PortRef {
  /** A port by number, 1 to 65535 in what the API server accepts. */
  record ByNumber(int port) implements PortRef {
    @Override
    public String toString() {
      return Integer.toString(port);
    }
  }

  /** A port by the name that a container or a Service gives it. */
  record ByName(String name) implements PortRef {
    @Override
    public String toString() {
      return name;
    }
  }
}
