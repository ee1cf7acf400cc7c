package io.portcullis.reach;

import io.portcullis.cluster.Cluster;
import io.portcullis.kube.Ingress;
import io.portcullis.kube.IngressBackend;
import io.portcullis.kube.PortRef;
import io.portcullis.kube.Service;
import io.portcullis.kube.ServicePort;
import io.portcullis.net.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Where Ingresses lead. */
public final class Entries {
  private final Cluster cluster;

  private Entries(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * All leads of a picture, each once, in no order.
   *
   * @param ingresses those whose controller's own pods are not in the picture
   */
  public static List<Lead> of(Cluster cluster, Predicate<Ingress> ingresses) {
    Entries entries = new Entries(cluster);
    return cluster.namespaces().values().stream()
        .flatMap(namespace -> namespace.ingresses().stream())
        .filter(ingresses)
        .flatMap(entries::leads)
        .distinct()
        .toList();
  }

  /** Where the ports of a Service lead; nowhere where it selects no pods. */
  public static List<Lead> of(Service service) {
    return selecting(service).stream()
        .flatMap(found -> found.ports().stream().map(port -> new Served(found, port).lead()))
        .toList();
  }

  private Stream<Lead> leads(Ingress ingress) {
    return Stream.concat(
            ingress.defaultBackend().stream(),
            ingress.rules().stream()
                .flatMap(rule -> rule.paths().stream())
                .map(Ingress.Path::backend))
        .filter(IngressBackend.ToService.class::isInstance)
        .map(IngressBackend.ToService.class::cast)
        .flatMap(backend -> leads(ingress.namespace(), backend));
  }

  private Stream<Lead> leads(String namespace, IngressBackend.ToService backend) {
    return backend
        .port()
        .map(port ->
            ports(namespace, backend.service())
                .filter(served -> is(served.port(), port))
                .map(Served::lead))
        .orElse(Stream.empty());
  }

  /** A Service's port with the pods behind it. */
  private record Served(Service service, ServicePort port) {
    Lead lead() {
      return new Lead(
          service.namespace(),
          service.selector().orElseThrow(),
          port.protocol(),
          port.targetPort());
    }
  }

  /** The TCP ports of a Service that selects pods. */
  private Stream<Served> ports(String namespace, String name) {
    return cluster.in(namespace).service(name).flatMap(Entries::selecting).stream()
        .flatMap(found -> found.ports().stream().map(port -> new Served(found, port)))
        .filter(served -> served.port().protocol() == Protocol.TCP);
  }

  /** The Service, if pods are behind it. */
  private static Optional<Service> selecting(Service service) {
    return Optional.of(service)
        .filter(found -> found.selector().isPresent())
        .filter(found -> found.type() != Service.Type.EXTERNAL_NAME);
  }

  private static boolean is(ServicePort port, PortRef wanted) {
    return switch (wanted) {
      case PortRef.ByNumber number -> port.port() == number.port();
      case PortRef.ByName name -> port.name().equals(name.name());
    };
  }
}
