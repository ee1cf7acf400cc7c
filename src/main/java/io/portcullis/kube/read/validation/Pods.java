package io.portcullis.kube.read.validation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Pods' specs, in pods and in templates. */
final class Pods {
  private static final int NO_PORT = 0;

  private Pods() {}

  /** A template: its labels, annotations and spec. */
  static void template(Field template) {
    Metadata.labels(template.at("metadata", "labels"));
    Metadata.annotations(template.at("metadata", "annotations"));
    spec(template.at("spec"));
  }

  /** The spec of a pod itself, which may be bound to a node already. */
  static void pod(Field spec) {
    spec(spec);
    if (!spec.at("nodeName").text().isEmpty() && !spec.at("schedulingGates").items().isEmpty()) {
      spec.at("nodeName").forbidden("cannot be set until all schedulingGates have been cleared");
    }
  }

  private static void spec(Field spec) {
    boolean hostNetwork = spec.at("hostNetwork").isTrue();
    Field nodeName = spec.at("nodeName");
    if (!nodeName.text().isEmpty()) {
      nodeName.invalid(Formats.subdomain(nodeName.text()));
    }
    gates(spec.at("schedulingGates"));
    containers(spec.at("containers"), hostNetwork);
    containers(spec.at("initContainers"), hostNetwork);
    hostPortConflicts(spec.at("containers"));
  }

  private static void gates(Field gates) {
    Set<String> seen = new HashSet<>();
    for (Field gate : gates.items()) {
      String name = gate.at("name").text();
      for (String wrong : Formats.labelKey(name)) {
        gate.invalid(Shown.quoted(name), wrong);
      }
      if (!seen.add(name)) {
        gate.duplicate(Shown.quoted(name));
      }
    }
  }

  private static void containers(Field containers, boolean hostNetwork) {
    for (Field container : containers.items()) {
      Set<String> names = new HashSet<>();
      for (Field port : container.at("ports").items()) {
        name(port.at("name"), names);
        containerPort(port.at("containerPort"));
        hostPort(port, hostNetwork);
        protocol(port.at("protocol"));
      }
    }
  }

  private static void name(Field name, Set<String> names) {
    String text = name.text();
    if (text.isEmpty()) {
      return;
    }
    List<String> wrong = Formats.portName(text);
    if (!wrong.isEmpty()) {
      name.invalid(wrong);
    } else if (!names.add(text)) {
      name.duplicate(Shown.quoted(text));
    }
  }

  private static void containerPort(Field port) {
    if (port.number() == NO_PORT) {
      port.required("");
    } else {
      port.invalid(Formats.portNumber(port.number()));
    }
  }

  private static void hostPort(Field port, boolean hostNetwork) {
    Field hostPort = port.at("hostPort");
    int number = hostPort.number();
    if (number == NO_PORT) {
      return;
    }
    hostPort.invalid(Formats.portNumber(number));
    if (hostNetwork && number != port.at("containerPort").number()) {
      hostPort.invalid("must match `containerPort` when `hostNetwork` is true");
    }
  }

  /** A protocol that is TCP where it is absent or empty. */
  static void protocol(Field protocol) {
    switch (protocol.text()) {
      case "", "TCP", "UDP", "SCTP" -> {}
      default -> protocol.unsupported("SCTP", "TCP", "UDP");
    }
  }

  private static void hostPortConflicts(Field containers) {
    Set<String> taken = new HashSet<>();
    for (Field container : containers.items()) {
      for (Field port : container.at("ports").items()) {
        int hostPort = port.at("hostPort").number();
        String protocol = port.at("protocol").text();
        String use =
            "%s/%s/%d"
                .formatted(
                    protocol.isEmpty() ? "TCP" : protocol, port.at("hostIP").text(), hostPort);
        if (hostPort != NO_PORT && !taken.add(use)) {
          port.at("hostPort").duplicate(Shown.quoted(use));
        }
      }
    }
  }
}
