package io.portcullis.kube.read;

import io.portcullis.kube.PolicyPort;
import io.portcullis.kube.PortRef;
import io.portcullis.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads one entry of {@code ports} (v1alpha1) or {@code protocols} (v1alpha2) of a policy of the
 * whole cluster.
 */
final class ClusterPortReader {
  private final JsonCursor cursor;
  private String protocol = Protocol.TCP.name();
  private Optional<Integer> first = Optional.empty();
  private Optional<Integer> last = Optional.empty();

  private ClusterPortReader(JsonCursor cursor) {
    this.cursor = cursor;
  }

  /** The ports that the entry means; none where nobody can have them. */
  static List<PolicyPort> read(JsonCursor cursor) {
    List<PolicyPort> found = new ArrayList<>();
    cursor.fields(field -> {
      switch (field) {
        case "portNumber", "portRange" -> found.addAll(new ClusterPortReader(cursor).numbers());
        case "namedPort", "destinationNamedPort" ->
            cursor.text().ifPresent(name -> found.addAll(named(name)));
        case "tcp", "udp", "sctp" ->
            found.addAll(new ClusterPortReader(cursor).ofProtocol(field.toUpperCase(Locale.ROOT)));
        default -> {}
      }
    });
    return found;
  }

  /** The name brings its protocol: whichever the container that declares it says. */
  private static List<PolicyPort> named(String name) {
    List<PolicyPort> ports = new ArrayList<>();
    for (Protocol each : Protocol.values()) {
      ports.add(new PolicyPort(each, Optional.of(new PortRef.ByName(name)), Optional.empty()));
    }
    return ports;
  }

  private List<PolicyPort> numbers() {
    cursor.fields(field -> {
      switch (field) {
        case "protocol" -> protocol = cursor.text().orElse(protocol);
        case "port", "number", "start" -> first = cursor.integer();
        case "end" -> last = cursor.integer();
        default -> {}
      }
    });
    return first.isEmpty() ? List.of() : build();
  }

  private List<PolicyPort> ofProtocol(String name) {
    protocol = name;
    cursor.fields(field -> {
      if (field.equals("destinationPort")) {
        cursor.fields(inner -> {
          switch (inner) {
            case "number" -> first = cursor.integer();
            case "range" -> numbers();
            default -> {}
          }
        });
      }
    });
    return build();
  }

  /** The schema of v1alpha1 takes any text for a protocol. */
  private List<PolicyPort> build() {
    for (Protocol each : Protocol.values()) {
      if (each.name().equals(protocol)) {
        return List.of(new PolicyPort(each, first.map(PortRef.ByNumber::new), last));
      }
    }
    return List.of();
  }
}
