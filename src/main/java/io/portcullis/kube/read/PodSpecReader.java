package io.portcullis.kube.read;

import io.portcullis.kube.ContainerPort;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.PodSpec;
import io.portcullis.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a pod's spec, in a pod or in a template. Source: core/v1 PodSpec. */
final class PodSpecReader {
  /** Of {@code dnsPolicy}: the node's resolvers, or those of {@code dnsConfig} alone. */
  private static final Set<String> OTHER_DNS = Set.of("Default", "None");

  private final JsonCursor cursor;
  private boolean hostNetwork;
  private boolean asksClusterDns = true;
  private final List<ContainerPort> ports = new ArrayList<>();
  private final List<FieldPath> hostPorts = new ArrayList<>();
  private boolean silent;
  private String nodeName = "";
  private final List<String> gates = new ArrayList<>();

  private PodSpecReader(JsonCursor cursor) {
    this.cursor = cursor;
  }

  static PodSpec read(JsonCursor cursor) {
    PodSpecReader reader = new PodSpecReader(cursor);
    cursor.fields(reader::field);
    return new PodSpec(
        reader.hostNetwork,
        reader.asksClusterDns,
        reader.ports,
        reader.hostPorts,
        reader.silent,
        reader.nodeName,
        reader.gates);
  }

  private void field(String name) {
    switch (name) {
      case "hostNetwork" -> hostNetwork = cursor.flag();
      case "dnsPolicy" -> asksClusterDns = cursor.text().filter(OTHER_DNS::contains).isEmpty();
      case "nodeName" -> nodeName = cursor.text().orElse("");
      case "containers" -> cursor.items(() -> container(false));
      case "initContainers" -> cursor.items(() -> container(true));
      case "schedulingGates" ->
          cursor.items(() ->
              cursor.fields(field -> {
                if (field.equals("name")) {
                  cursor.text().ifPresent(gates::add);
                }
              }));
      default -> {}
    }
  }

  /** An init container that is restarted always is a sidecar, and its ports count (KEP-753). */
  private void container(boolean init) {
    List<ContainerPort> own = new ArrayList<>();
    List<FieldPath> ownHostPorts = new ArrayList<>();
    boolean[] sidecar = {false};
    cursor.fields(field -> {
      switch (field) {
        case "ports" -> cursor.items(() -> port(own, ownHostPorts));
        case "restartPolicy" -> sidecar[0] = cursor.text().filter("Always"::equals).isPresent();
        default -> {}
      }
    });
    if (!init || sidecar[0]) {
      ports.addAll(own);
      hostPorts.addAll(ownHostPorts);
      silent |= own.isEmpty();
    }
  }

  private void port(List<ContainerPort> own, List<FieldPath> hostPorts) {
    String[] name = {""};
    int[] numbers = {0, 0};
    Protocol[] protocol = {Protocol.TCP};
    cursor.fields(field -> {
      switch (field) {
        case "name" -> name[0] = cursor.text().orElse("");
        case "containerPort" -> numbers[0] = cursor.integer().orElse(0);
        case "hostPort" -> numbers[1] = cursor.integer().orElse(0);
        case "protocol" -> protocol[0] = protocol(cursor).orElse(Protocol.TCP);
        default -> {}
      }
    });
    own.add(new ContainerPort(name[0], numbers[0], protocol[0], numbers[1]));
    if (numbers[1] != 0) {
      hostPorts.add(cursor.path().field("hostPort"));
    }
  }

  /** The protocol here; empty where there is none, and a problem where it is an unknown one. */
  static Optional<Protocol> protocol(JsonCursor cursor) {
    return cursor
        .text()
        .filter(text -> !text.isEmpty())
        .flatMap(text -> {
          for (Protocol each : Protocol.values()) {
            if (each.name().equals(text)) {
              return Optional.of(each);
            }
          }
          cursor.problem("\"%s\" is no protocol: want TCP, UDP or SCTP".formatted(text));
          return Optional.empty();
        });
  }
}
