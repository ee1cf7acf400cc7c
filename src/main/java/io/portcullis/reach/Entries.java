package io.portcullis.reach;

import io.portcullis.cluster.Cluster;
import io.portcullis.kube.Ingress;
import io.portcullis.kube.IngressBackend;
import io.portcullis.kube.Kind;
import io.portcullis.kube.PortRef;
import io.portcullis.kube.ReferenceGrant;
import io.portcullis.kube.Route;
import io.portcullis.kube.Route.Backend;
import io.portcullis.kube.Service;
import io.portcullis.kube.ServicePort;
import io.portcullis.net.PortSet;
import io.portcullis.net.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Where Ingresses, routes of the Gateway API and Routes of OpenShift lead. */
public final class Entries {
  private static final List<Kind> ROUTES =
      List.of(
          Kind.HTTP_ROUTE,
          Kind.GRPC_ROUTE,
          Kind.TLS_ROUTE,
          Kind.TCP_ROUTE,
          Kind.UDP_ROUTE,
          Kind.OPENSHIFT_ROUTE);

  private final Cluster cluster;

  /** A Service's port, with pods behind it. */
  private record Served(Service service, ServicePort port) {
    Lead lead() {
      return lead(PortSet.ALL);
    }

    Lead lead(PortSet within) {
      return new Lead(
          service.namespace(),
          service.selector().orElseThrow(),
          port.protocol(),
          port.targetPort(),
          within);
    }
  }

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
    Stream<Lead> byIngresses =
        cluster.namespaces().values().stream()
            .flatMap(namespace -> namespace.ingresses().stream())
            .filter(ingresses)
            .flatMap(entries::leads);
    Stream<Lead> byRoutes =
        cluster.namespaces().values().stream()
            .flatMap(namespace -> ROUTES.stream().flatMap(kind -> namespace.all(kind).stream()))
            .map(Route.class::cast)
            .filter(Route::entered)
            .flatMap(entries::leads);
    return Stream.concat(byIngresses, byRoutes).distinct().toList();
  }

  /** Where the ports of a Service lead; nowhere where it selects no pods. */
  public static List<Lead> of(Service service) {
    return of(service, _ -> true);
  }

  /** Where some of its ports lead. */
  static List<Lead> of(Service service, Predicate<ServicePort> ports) {
    return served(service).filter(served -> ports.test(served.port())).map(Served::lead).toList();
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
            served(namespace, backend.service(), Protocol.TCP)
                .filter(served -> is(served.port(), port))
                .map(Served::lead))
        .orElse(Stream.empty());
  }

  private Stream<Lead> leads(Route route) {
    return route.backends().stream()
        .flatMap(backend ->
            switch (backend) {
              case Backend.OnPort on -> leads(route, on);
              case Backend.OnTarget on -> leads(route, on);
            });
  }

  private Stream<Lead> leads(Route route, Backend.OnPort backend) {
    return mayName(route, backend)
        ? served(backend.namespace(), backend.service(), route.protocol())
            .filter(served -> served.port().port() == backend.port())
            .map(Served::lead)
        : Stream.empty();
  }

  /** Into another namespace only with a ReferenceGrant there. */
  private boolean mayName(Route route, Backend.OnPort backend) {
    return backend.namespace().equals(route.namespace())
        || cluster.in(backend.namespace()).all(Kind.REFERENCE_GRANT).stream()
            .map(ReferenceGrant.class::cast)
            .anyMatch(grant ->
                grant.letsReachService(route.kind(), route.namespace(), backend.service()));
  }

  private Stream<Lead> leads(Route route, Backend.OnTarget backend) {
    return served(route.namespace(), backend.service(), route.protocol())
        .flatMap(served ->
            switch (backend.targetPort().orElse(null)) {
              case null -> Stream.of(served.lead());
              case PortRef.ByName name ->
                  Stream.of(served)
                      .filter(each ->
                          each.port().name().equals(name.name())
                              || each.port().targetPort().equals(name))
                      .map(Served::lead);
              case PortRef.ByNumber number ->
                  Stream.of(served.lead(PortSet.ofAny(route.protocol(), number.port())));
            });
  }

  private Stream<Served> served(String namespace, String name, Protocol protocol) {
    return cluster.in(namespace).service(name).stream()
        .flatMap(Entries::served)
        .filter(served -> served.port().protocol() == protocol);
  }

  private static Stream<Served> served(Service service) {
    return Optional.of(service)
        .filter(found -> found.selector().isPresent())
        .filter(found -> found.type() != Service.Type.EXTERNAL_NAME)
        .stream()
        .flatMap(found -> found.ports().stream().map(port -> new Served(found, port)));
  }

  private static boolean is(ServicePort port, PortRef wanted) {
    return switch (wanted) {
      case PortRef.ByNumber number -> port.port() == number.port();
      case PortRef.ByName name -> port.name().equals(name.name());
    };
  }
}
