package io.portcullis.rules;

import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Ingress;
import io.portcullis.kube.IngressBackend.ToService;
import io.portcullis.kube.PortRef;
import io.portcullis.kube.Service;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The Ingresses that a Service leaves without a backend when it goes or gives up a port. They may
 * be about to go or to change too, so it is only suspected.
 */
final class LostBackends {
  private LostBackends() {}

  static List<Finding> of(String rule, Service old, Question question) {
    List<Ingress> ingresses =
        question.after().in(old.namespace()).ingressesTo(old.name()).stream()
            .filter(ingress -> !ingress.meta().ending() && !Ingresses.isAcmeSolver(ingress))
            .sorted(Comparator.comparing(Ingress::name))
            .toList();
    return question
        .change()
        .object()
        .filter(Service.class::isInstance)
        .map(Service.class::cast)
        .map(now -> withoutPorts(rule, old, now, ingresses))
        .orElseGet(() -> gone(rule, old, ingresses));
  }

  private static List<Finding> gone(String rule, Service old, List<Ingress> ingresses) {
    List<Ingress> left = leadingTo(ingresses, old, _ -> true);
    return left.isEmpty()
        ? List.of()
        : List.of(
            Finding.suspicion(
                    rule,
                    ObjectRef.of(old),
                    FieldPath.ROOT,
                    "%s still lead%s to it.".formatted(who(left), left.size() == 1 ? "s" : ""))
                .fix("change or delete the Ingress first.")
                .related(left.stream().map(ObjectRef::of).toList())
                .about("gone"));
  }

  private static List<Finding> withoutPorts(
      String rule, Service old, Service now, List<Ingress> ingresses) {
    return ports(ingresses, old)
        .filter(port -> MissingBackend.hasPort(old, port) && !MissingBackend.hasPort(now, port))
        .map(port -> withoutPort(rule, now, port, leadingTo(ingresses, old, port::equals)))
        .toList();
  }

  private static Finding withoutPort(
      String rule, Service now, PortRef port, List<Ingress> ingresses) {
    return Finding.suspicion(
            rule,
            ObjectRef.of(now),
            FieldPath.of("spec", "ports"),
            "%s still lead%s to port %s, which goes."
                .formatted(who(ingresses), ingresses.size() == 1 ? "s" : "", port))
        .fix("keep the port, or change the Ingress first.")
        .related(ingresses.stream().map(ObjectRef::of).toList())
        .about("port " + port);
  }

  /** The ports of the Service that Ingresses name. */
  private static Stream<PortRef> ports(List<Ingress> ingresses, Service service) {
    return ingresses.stream()
        .flatMap(ingress -> backends(ingress, service))
        .flatMap(to -> to.port().stream())
        .distinct();
  }

  private static List<Ingress> leadingTo(
      List<Ingress> ingresses, Service service, Predicate<PortRef> wanted) {
    return ingresses.stream()
        .filter(ingress ->
            backends(ingress, service).anyMatch(to -> to.port().filter(wanted).isPresent()))
        .toList();
  }

  private static Stream<ToService> backends(Ingress ingress, Service service) {
    return Ingresses.backends(ingress).stream()
        .flatMap(at -> at.backend() instanceof ToService to ? Stream.of(to) : Stream.empty())
        .filter(to -> to.service().equals(service.name()))
        .filter(to -> !IngressBackend.isAction(to, ingress));
  }

  private static String who(List<Ingress> ingresses) {
    return "Ingress %s%s"
        .formatted(
            ingresses.getFirst().name(),
            ingresses.size() == 1 ? "" : " and %d more".formatted(ingresses.size() - 1));
  }
}
