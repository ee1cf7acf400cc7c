package io.portcullis.kube.read;

import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.kube.PortRef;
import io.portcullis.kube.Service;
import io.portcullis.kube.ServicePort;
import io.portcullis.net.Labels;
import io.portcullis.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a Service. Source: core/v1 ServiceSpec. */
final class ServiceReader implements ObjectReader.Body {
  /** What nearly all Services say, held once. */
  private static final List<Service.Addresses> USUAL =
      List.of(
          Service.Addresses.DEFAULT,
          Service.Addresses.DEFAULT.withFamilies(List.of("IPv4")),
          Service.Addresses.DEFAULT.withFamilies(List.of("IPv6")));

  private Service.Type type = Service.Type.CLUSTER_IP;
  private Optional<Labels> selector = Optional.empty();
  private String clusterIp = "";
  private final List<ServicePort> ports = new ArrayList<>();
  private List<String> families = List.of();
  private List<String> externalIps = List.of();
  private String loadBalancerClass = "";
  private List<String> sourceRanges = List.of();
  private boolean allocatesNodePorts = true;
  private Service.ExternalTraffic externalTraffic = Service.ExternalTraffic.CLUSTER;

  @Override
  public void field(String name, JsonCursor cursor) {
    if (name.equals("spec")) {
      cursor.fields(field -> spec(field, cursor));
    }
  }

  private void spec(String field, JsonCursor cursor) {
    switch (field) {
      case "type" -> type = type(cursor);
      case "selector" -> selector = Optional.of(cursor.labels());
      case "clusterIP" -> clusterIp = cursor.text().orElse("");
      case "ports" -> cursor.items(() -> ports.add(port(cursor)));
      case "ipFamilies" -> families = cursor.texts();
      case "externalIPs" -> externalIps = cursor.texts();
      case "loadBalancerClass" -> loadBalancerClass = cursor.text().orElse("");
      case "loadBalancerSourceRanges" -> sourceRanges = cursor.texts();
      case "allocateLoadBalancerNodePorts" -> allocatesNodePorts = cursor.flag();
      case "externalTrafficPolicy" ->
          externalTraffic =
              cursor
                  .text()
                  .flatMap(Service.ExternalTraffic::of)
                  .orElse(Service.ExternalTraffic.CLUSTER);
      default -> {}
    }
  }

  private static Service.Type type(JsonCursor cursor) {
    Optional<String> text = cursor.text().filter(t -> !t.isEmpty());
    Optional<Service.Type> type = text.flatMap(Service.Type::of);
    if (text.isPresent() && type.isEmpty()) {
      cursor.problem(
          "\"%s\" is no Service type: want ClusterIP, NodePort, LoadBalancer or ExternalName"
              .formatted(text.get()));
    }
    return type.orElse(Service.Type.CLUSTER_IP);
  }

  private static ServicePort port(JsonCursor cursor) {
    String[] name = {""};
    Protocol[] protocol = {Protocol.TCP};
    int[] numbers = {0, 0};
    List<PortRef> target = new ArrayList<>();
    cursor.fields(field -> {
      switch (field) {
        case "name" -> name[0] = cursor.text().orElse("");
        case "protocol" -> protocol[0] = PodSpecReader.protocol(cursor).orElse(Protocol.TCP);
        case "port" -> numbers[0] = cursor.integer().orElse(0);
        case "nodePort" -> numbers[1] = cursor.integer().orElse(0);
        case "targetPort" -> cursor.portRef().ifPresent(target::add);
        default -> {}
      }
    });
    PortRef effective = target.isEmpty() ? new PortRef.ByNumber(numbers[0]) : target.getFirst();
    return new ServicePort(name[0], protocol[0], numbers[0], effective, numbers[1]);
  }

  private static Service.Addresses shared(Service.Addresses addresses) {
    for (Service.Addresses usual : USUAL) {
      if (usual.equals(addresses)) {
        return usual;
      }
    }
    return addresses;
  }

  @Override
  public KubeObject build(Meta meta) {
    Service.Addresses addresses =
        new Service.Addresses(
            families,
            externalIps,
            loadBalancerClass,
            sourceRanges,
            allocatesNodePorts,
            externalTraffic);
    return new Service(meta, type, selector, clusterIp, ports, shared(addresses));
  }
}
