package io.portcullis.rules;

import io.portcullis.cluster.Contents;
import io.portcullis.finding.Evidence;
import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.finding.PatchOp;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Ingress;
import io.portcullis.kube.IngressBackend.ToService;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.PortRef;
import io.portcullis.kube.Service;
import io.portcullis.kube.ServicePort;
import io.portcullis.text.Nearest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One backend of an Ingress, held against the Services that there are. */
final class MissingBackend {
  private final String rule;
  private final Ingress ingress;
  private final Ingresses.At at;
  private final ToService to;
  private final Question question;
  private final Contents here;

  /**
   * @param at the backend
   */
  MissingBackend(String rule, Ingress ingress, Ingresses.At at, ToService to, Question question) {
    this.rule = rule;
    this.ingress = ingress;
    this.at = at;
    this.to = to;
    this.question = question;
    // An Ingress changes no Service.
    this.here = question.before().in(ingress.namespace());
  }

  private FieldPath path() {
    return at.path().field("service");
  }

  /** Nothing where the Service is there and has the port. */
  List<Finding> findings() {
    Optional<Service> service = here.service(to.service());
    if (service.isEmpty()) {
      return List.of(near().map(this::nearlyCalled).orElseGet(this::notYet));
    }
    Optional<PortRef> port = to.port();
    return port.isEmpty()
            || port.get().equals(IngressBackend.ALB_ACTION)
            || hasPort(service.get(), port.get())
        ? List.of()
        : List.of(withoutPort(service.get(), port.get()));
  }

  /** Another name's Service has whatever ports that name has. */
  static boolean hasPort(Service service, PortRef port) {
    for (ServicePort each : service.ports()) {
      if (switch (port) {
        case PortRef.ByName name -> each.name().equals(name.name());
        case PortRef.ByNumber number -> each.port() == number.port();
      }) {
        return true;
      }
    }
    return service.type() == Service.Type.EXTERNAL_NAME;
  }

  /** A Service that other Ingresses lead to has what it needs and is not meant. */
  private Optional<String> near() {
    List<String> names = here.all(Kind.SERVICE).stream().map(KubeObject::name).toList();
    return Nearest.allTo(to.service(), names).stream()
        .filter(name ->
            here.ingressesTo(name).stream().allMatch(other -> other.name().equals(ingress.name())))
        .findFirst();
  }

  private Finding nearlyCalled(String near) {
    return Finding.violation(
            rule,
            ObjectRef.of(ingress),
            path().field("name"),
            "there is no Service %s: did you mean %s?".formatted(to.service(), near))
        .fix("set the name to \"%s\".".formatted(near))
        .patch(List.of(new PatchOp.Replace(path().field("name").pointer(), near)))
        .related(List.of(new ObjectRef(Kind.SERVICE.text(), ingress.namespace(), near)))
        .about("Service " + to.service())
        .restsOn(
            List.of(
                new Evidence.Absent(Kind.SERVICE, ingress.namespace(), to.service()),
                new Evidence.Present(Kind.SERVICE, ingress.namespace(), near, _ -> true)));
  }

  private Finding notYet() {
    return Finding.suspicion(
            rule,
            ObjectRef.of(ingress),
            path().field("name"),
            "there is no Service %s yet%s.".formatted(to.service(), otherNamespace()))
        .fix("apply it, or correct the name.")
        .about("Service " + to.service());
  }

  /** A Service of that name elsewhere: an Ingress leads to its own namespace only. */
  private String otherNamespace() {
    Map<String, Contents> all = question.after().namespaces();
    return all.size() > SelectorHints.MOST_NAMESPACES
        ? ""
        : all.entrySet().stream()
            .filter(entry -> entry.getValue().service(to.service()).isPresent())
            .map(Map.Entry::getKey)
            .min(Comparator.naturalOrder())
            .map("; namespace %s has one"::formatted)
            .orElse("");
  }

  private Finding withoutPort(Service service, PortRef port) {
    Optional<PortRef> meant = meant(service, port);
    FieldPath where =
        path()
            .field("port")
            .field(
                switch (port) {
                  case PortRef.ByName _ -> "name";
                  case PortRef.ByNumber _ -> "number";
                });
    String message =
        "Service %s has no port %s%s"
            .formatted(
                service.name(),
                port,
                meant
                    .map(found -> "%s: did you mean %s?".formatted(why(service, port), found))
                    .orElseGet(() -> ": it has %s.".formatted(ports(service))));
    return Finding.violation(rule, ObjectRef.of(ingress), where, message)
        .fix(
            meant
                .map(found -> "set the port to %s.".formatted(found))
                .orElse("set one of these, or add the port to the Service first."))
        .patch(meant.map(this::patch).orElse(List.of()))
        .related(List.of(ObjectRef.of(service)))
        .about("Service %s, port %s".formatted(service.name(), port))
        .restsOn(
            List.of(
                new Evidence.Present(
                    Kind.SERVICE,
                    service.namespace(),
                    service.name(),
                    object -> object instanceof Service live && !hasPort(live, port))));
  }

  /** The port that is called nearly so, or leads to what was written, or is the only one. */
  private static Optional<PortRef> meant(Service service, PortRef port) {
    Optional<PortRef> near =
        port instanceof PortRef.ByName name
            ? Nearest.to(name.name(), service.ports().stream().map(ServicePort::name).toList())
                .map(PortRef.ByName::new)
            : Optional.empty();
    return near.or(() -> leadingTo(service, port))
        .or(() ->
            service.ports().size() == 1
                ? Optional.of(new PortRef.ByNumber(service.ports().getFirst().port()))
                : Optional.empty());
  }

  private static Optional<PortRef> leadingTo(Service service, PortRef target) {
    return service.ports().stream()
        .filter(each -> each.targetPort().equals(target))
        .map(each -> (PortRef) new PortRef.ByNumber(each.port()))
        .findFirst();
  }

  private static String why(Service service, PortRef port) {
    return leadingTo(service, port)
        .map(found -> " (it is the targetPort of %s)".formatted(found))
        .orElse("");
  }

  private static String ports(Service service) {
    return service.ports().stream()
        .map(each -> each.name().isEmpty() ? "" + each.port() : each.name() + " " + each.port())
        .collect(Collectors.joining(", "));
  }

  private List<PatchOp> patch(PortRef meant) {
    return List.of(
        new PatchOp.Replace(
            path().field("port").pointer(),
            switch (meant) {
              case PortRef.ByName name -> Map.of("name", name.name());
              case PortRef.ByNumber number -> Map.of("number", number.port());
            }));
  }
}
