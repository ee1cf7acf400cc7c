package io.portcullis.net;

/** A run of ports, both ends included, each 1 to 65535. Source: networking.k8s.io/v1. */
public record PortRange(int first, int last) {
  /** Every port. */
  public static final PortRange ALL = new PortRange(1, 65_535);

  public PortRange {
    if (first < 1 || last > 65_535 || first > last) {
      throw new IllegalArgumentException(
          "\"%d-%d\" is no port range: want 1-65535, the lower end first".formatted(first, last));
    }
  }

  /** The range of one port. */
  public static PortRange of(int port) {
    return new PortRange(port, port);
  }

  public boolean contains(int port) {
    return first <= port && port <= last;
  }

  /** One port as itself, else {@code first-last}. */
  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
