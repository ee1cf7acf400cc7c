package io.portcullis.rules;

import io.portcullis.cluster.Contents;
import io.portcullis.kube.Ingress;
import io.portcullis.kube.IngressBackend;
import io.portcullis.kube.PortRef;
import io.portcullis.kube.Service;
import io.portcullis.kube.ServicePort;
import io.portcullis.net.PortSet;
import io.portcullis.net.Protocol;
import io.portcullis.reach.Endpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * By which of their ports pods are reached: those that Services lead to, and which of these an
 * Ingress or an address outside leads on to. Remembers what it was asked; for one thread.
 */
final class Served {
  /** Who may be sent to a pod's port. */
  enum By {
    SERVICE,
    INGRESS,
    WORLD
  }

  private final Question question;
  private final Map<Endpoint, Map<By, PortSet>> known = new HashMap<>();

  Served(Question question) {
    this.question = question;
  }

  /** The ports by which somebody is sent there, before or after the change. */
  PortSet ports(End end, By by) {
    return known.computeIfAbsent(end.endpoint(), this::find).getOrDefault(by, PortSet.NONE);
  }

  /** All ports on which pods are known to listen. */
  PortSet listens(End end) {
    return ports(end, By.SERVICE).union(end.declared());
  }

  private Map<By, PortSet> find(Endpoint pod) {
    Contents here = question.after().in(pod.namespace());
    Map<By, PortSet> found = new HashMap<>();
    for (Service service : here.servicesSelecting(pod.labels())) {
      if (service.type() != Service.Type.EXTERNAL_NAME) {
        List<Ingress> ingresses = here.ingressesTo(service.name());
        for (ServicePort port : service.ports()) {
          PortSet ports = on(pod, port);
          found.merge(By.SERVICE, ports, PortSet::union);
          if (port.protocol() == Protocol.TCP && isRouted(ingresses, service, port)) {
            found.merge(By.INGRESS, ports, PortSet::union);
          }
          if (isOutside(service)) {
            found.merge(By.WORLD, ports, PortSet::union);
          }
        }
      }
    }
    return found;
  }

  /** The ports of a pod that a port of a Service leads to. */
  static PortSet on(Endpoint pod, ServicePort port) {
    return switch (port.targetPort()) {
      case PortRef.ByNumber number -> PortSet.ofAny(port.protocol(), number.port());
      case PortRef.ByName name -> pod.named(name.name(), port.protocol());
    };
  }

  private static boolean isOutside(Service service) {
    return service.type() == Service.Type.LOAD_BALANCER
        || service.type() == Service.Type.NODE_PORT
        || !service.addresses().externalIps().isEmpty();
  }

  private static boolean isRouted(List<Ingress> ingresses, Service service, ServicePort port) {
    return ingresses.stream()
        .flatMap(Served::backends)
        .filter(backend -> backend.service().equals(service.name()))
        .anyMatch(backend -> backend.port().filter(wanted -> is(port, wanted)).isPresent());
  }

  private static Stream<IngressBackend.ToService> backends(Ingress ingress) {
    return Stream.concat(
            ingress.defaultBackend().stream(),
            ingress.rules().stream()
                .flatMap(rule -> rule.paths().stream())
                .map(Ingress.Path::backend))
        .flatMap(backend ->
            backend instanceof IngressBackend.ToService to
                ? Optional.of(to).stream()
                : Stream.empty());
  }

  private static boolean is(ServicePort port, PortRef wanted) {
    return switch (wanted) {
      case PortRef.ByNumber number -> port.port() == number.port();
      case PortRef.ByName name -> port.name().equals(name.name());
    };
  }
}
