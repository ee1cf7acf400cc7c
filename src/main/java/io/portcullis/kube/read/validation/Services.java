package io.portcullis.kube.read.validation;

import io.portcullis.kube.Service;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Services. Source: ValidateServiceCreate. */
final class Services {
  private static final String NONE = "None";

  private Services() {}

  static void check(Field spec) {
    Field typeField = spec.at("type");
    String written = typeField.text().isEmpty() ? Service.Type.CLUSTER_IP.text() : typeField.text();
    Optional<Service.Type> type = Service.Type.of(written);
    if (type.isEmpty()) {
      typeField.unsupported("ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
    }
    clusterIp(spec, type);
    ports(spec, type);
    Metadata.labels(spec.at("selector"));
    for (Field address : spec.at("externalIPs").items()) {
      Addresses.endpoint(address, address.text());
    }
    loadBalancer(spec, type);
    externalTraffic(spec, type);
  }

  private static void clusterIp(Field spec, Optional<Service.Type> type) {
    Field clusterIp = spec.at("clusterIP");
    String text = clusterIp.text();
    boolean external = is(type, Service.Type.EXTERNAL_NAME);
    if (text.isEmpty()) {
      if (external) {
        externalName(spec.at("externalName"));
      }
    } else if (external) {
      clusterIp.forbidden("may not be set for ExternalName services");
    } else if (!text.equals(NONE)) {
      Addresses.address(clusterIp, text);
    } else if (is(type, Service.Type.LOAD_BALANCER) || is(type, Service.Type.NODE_PORT)) {
      clusterIp.invalid(
          "may not be set to 'None' for %s services".formatted(type.orElseThrow().text()));
    }
  }

  private static void externalName(Field field) {
    String name = field.text();
    String host = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    if (host.isEmpty()) {
      field.required("");
    } else {
      Formats.subdomain(host).forEach(wrong -> field.invalid(Shown.quoted(host), wrong));
    }
  }

  private static void ports(Field spec, Optional<Service.Type> type) {
    List<Field> ports = spec.at("ports").items();
    boolean headless = spec.at("clusterIP").text().equals(NONE);
    if (ports.isEmpty() && !headless && !is(type, Service.Type.EXTERNAL_NAME)) {
      spec.at("ports").required("");
    }
    Set<String> names = new HashSet<>();
    Set<String> numbers = new HashSet<>();
    Set<String> nodePorts = new HashSet<>();
    for (Field port : ports) {
      name(port.at("name"), ports.size() > 1, names);
      Field number = port.at("port");
      for (String wrong : Formats.portNumber(number.number())) {
        number.invalid(Integer.toString(number.number()), wrong);
      }
      Pods.protocol(port.at("protocol"));
      targetPort(port.at("targetPort"));
      nodePort(port, type, nodePorts);
      if (!numbers.add(protocol(port) + "/" + number.number())) {
        port.duplicate(Shown.quoted(protocol(port) + "/" + number.number()));
      }
    }
  }

  private static void name(Field name, boolean required, Set<String> names) {
    String text = name.text();
    if (text.isEmpty()) {
      if (required) {
        name.required("");
      }
      return;
    }
    name.invalid(Formats.label(text));
    if (!names.add(text)) {
      name.duplicate(Shown.quoted(text));
    }
  }

  /** 0 and the empty string are what is absent. */
  private static void targetPort(Field port) {
    if (port.isString()) {
      if (!port.text().isEmpty()) {
        port.invalid(Formats.portName(port.text()));
      }
    } else if (port.number() != 0) {
      port.invalid(Formats.portNumber(port.number()));
    }
  }

  private static void nodePort(Field port, Optional<Service.Type> type, Set<String> taken) {
    Field nodePort = port.at("nodePort");
    int number = nodePort.number();
    if (number == 0) {
      return;
    }
    nodePort.invalid(Formats.portNumber(number));
    if (is(type, Service.Type.CLUSTER_IP)) {
      nodePort.forbidden("may not be used when `type` is 'ClusterIP'");
    }
    if (!taken.add(protocol(port) + "/" + number)) {
      nodePort.duplicate(Integer.toString(number));
    }
  }

  private static String protocol(Field port) {
    String protocol = port.at("protocol").text();
    return protocol.isEmpty() ? "TCP" : protocol;
  }

  private static void loadBalancer(Field spec, Optional<Service.Type> type) {
    Field ranges = spec.at("loadBalancerSourceRanges");
    if (!ranges.items().isEmpty() && !is(type, Service.Type.LOAD_BALANCER)) {
      ranges.forbidden("may only be used when `type` is 'LoadBalancer'");
    }
    for (Field range : ranges.items()) {
      Addresses.block(range, range.text().strip());
    }
    Field allocate = spec.at("allocateLoadBalancerNodePorts");
    boolean _ = allocate.isTrue();
    if (allocate.isPresent() && !is(type, Service.Type.LOAD_BALANCER)) {
      allocate.forbidden("may only be used when `type` is 'LoadBalancer'");
    }
  }

  private static void externalTraffic(Field spec, Optional<Service.Type> type) {
    Field policy = spec.at("externalTrafficPolicy");
    if (policy.text().isEmpty()) {
      return;
    }
    boolean reached =
        is(type, Service.Type.LOAD_BALANCER)
            || is(type, Service.Type.NODE_PORT)
            || (is(type, Service.Type.CLUSTER_IP) && !spec.at("externalIPs").items().isEmpty());
    if (!reached) {
      policy.invalid("may only be set for externally-accessible services");
    } else if (Service.ExternalTraffic.of(policy.text()).isEmpty()) {
      policy.unsupported("Cluster", "Local");
    }
  }

  private static boolean is(Optional<Service.Type> type, Service.Type one) {
    return type.filter(one::equals).isPresent();
  }
}
