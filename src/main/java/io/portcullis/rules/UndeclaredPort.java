package io.portcullis.rules;

import io.portcullis.cluster.Contents;
import io.portcullis.finding.Evidence;
import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.finding.PatchOp;
import io.portcullis.kube.ContainerPort;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.PortRef;
import io.portcullis.kube.Service;
import io.portcullis.kube.ServicePort;
import io.portcullis.kube.Workload;
import io.portcullis.net.Labels;
import io.portcullis.net.Protocol;
import io.portcullis.net.Selector;
import io.portcullis.text.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A port of a Service whose {@code targetPort} nothing that it selects declares. */
final class UndeclaredPort {
  private final Service service;
  private final ServicePort port;
  private final FieldPath path;
  private final Selected selected;
  private final Question question;
  private final Contents here;
  private final List<ContainerPort> declared;

  /**
   * @param index the port's place in {@code spec.ports}
   */
  UndeclaredPort(Service service, int index, Selected selected, Question question) {
    this.service = service;
    this.port = service.ports().get(index);
    this.path = FieldPath.of("spec", "ports").index(index).field("targetPort");
    this.selected = selected;
    this.question = question;
    this.here = question.after().in(service.namespace());
    this.declared = selected.ports(port.protocol());
  }

  /** Nothing has a port of that name, so nothing is reached: a mistake. */
  Finding named(String rule, PortRef.ByName name) {
    Optional<String> near =
        Nearest.to(name.name(), declared.stream().map(ContainerPort::name).toList())
            .filter(found -> !isTaken(new PortRef.ByName(found)));
    boolean injected = near.isEmpty() && LaterPorts.mayComeTo(service, selected, question);
    boolean mayCome = injected || selected.isOfJobsOnly();
    Optional<PortRef> meant =
        near.<PortRef>map(PortRef.ByName::new)
            .or(() ->
                !mayCome && name.name().equals(port.name()) && !port.name().isEmpty()
                    ? onlyDeclared()
                    : Optional.empty());
    String message =
        "no selected pod declares %s port %s%s"
            .formatted(
                port.protocol(),
                quoted(name),
                meant
                    .map(found -> ": " + didYouMean(found))
                    .orElseGet(() -> theyDeclare(name) + later(injected, mayCome)));
    return mayCome
        ? told(Finding.suspicion(rule, ObjectRef.of(service), path, message), meant)
        : told(Finding.violation(rule, ObjectRef.of(service), path, message), meant)
            .restsOn(evidence(meant));
  }

  private static String later(boolean injected, boolean mayCome) {
    if (injected) {
      return "; a sidecar or operator may add it.";
    }
    return mayCome ? "; others than the pods of a Job may." : ".";
  }

  /** Pods may listen on ports that they do not declare. */
  Finding numbered(String rule, PortRef.ByNumber number) {
    Optional<PortRef> meant =
        number.port() == port.port() && !LaterPorts.mayComeTo(service, selected, question)
            ? onlyDeclared()
            : Optional.empty();
    String message =
        "no selected pod declares %s port %s%s"
            .formatted(
                port.protocol(),
                number,
                meant
                    .map(found -> ", the Service's own: " + didYouMean(found))
                    .orElseGet(() -> theyDeclare(number) + "."));
    return told(Finding.suspicion(rule, ObjectRef.of(service), path, message), meant);
  }

  private Finding told(Finding finding, Optional<PortRef> meant) {
    return finding
        .fix(
            meant
                .map(found -> "set targetPort to %s.".formatted(quoted(found)))
                .orElse("name one of theirs, or declare this one first."))
        .patch(meant.map(found -> patch(found)).orElse(List.of()))
        .related(carrier(meant).map(ObjectRef::of).stream().toList())
        .about("port %d/%s to %s".formatted(port.port(), port.protocol(), port.targetPort()));
  }

  private List<PatchOp> patch(PortRef meant) {
    return List.of(
        new PatchOp.Add(
            path.pointer(),
            switch (meant) {
              case PortRef.ByName name -> name.name();
              case PortRef.ByNumber number -> number.port();
            }));
  }

  /** Whether another port of the Service leads there already. */
  private boolean isTaken(PortRef found) {
    return service.ports().stream()
        .filter(other -> !other.equals(port) && other.protocol() == port.protocol())
        .anyMatch(other -> other.targetPort().equals(found));
  }

  /**
   * The one port that is declared for the protocol, by its name where it has one. Of several ports
   * of a Service it can't be what each of them means.
   */
  private Optional<PortRef> onlyDeclared() {
    return declared.size() == 1
            && !isLedTo(declared.getFirst())
            && service.ports().stream().filter(each -> each.protocol() == port.protocol()).count()
                == 1
        ? Optional.of(
            declared.getFirst().name().isEmpty()
                ? new PortRef.ByNumber(declared.getFirst().port())
                : new PortRef.ByName(declared.getFirst().name()))
        : Optional.empty();
  }

  /**
   * Whether another Service of the same pods leads there: then it is no wonder that it is there.
   */
  private boolean isLedTo(ContainerPort found) {
    return here.servicesSelecting(service.selector().orElse(Labels.EMPTY)).stream()
        .filter(other -> !other.name().equals(service.name()))
        .flatMap(other -> other.ports().stream())
        .map(ServicePort::targetPort)
        .anyMatch(target ->
            target.equals(new PortRef.ByNumber(found.port()))
                || target.equals(new PortRef.ByName(found.name())));
  }

  private String didYouMean(PortRef meant) {
    return "did you mean %s (%s)?"
        .formatted(quoted(meant), selected.who(carrier(Optional.of(meant)), here));
  }

  private String theyDeclare(PortRef written) {
    Optional<Protocol> other =
        Stream.of(Protocol.values())
            .filter(protocol -> selected.declares(written, protocol))
            .findFirst();
    if (other.isPresent()) {
      return ": they declare it for %s".formatted(other.get());
    }
    String all =
        declared.stream()
            .map(each -> each.name().isEmpty() ? "" + each.port() : each.name() + " " + each.port())
            .collect(Collectors.joining(", "));
    return all.isEmpty()
        ? ": they declare none for %s".formatted(port.protocol())
        : ": they declare %s".formatted(all);
  }

  /** As sentences write a port: a name in quotes, a number without. */
  static String quoted(PortRef port) {
    return switch (port) {
      case PortRef.ByName name -> "\"" + name + "\"";
      case PortRef.ByNumber number -> number.toString();
    };
  }

  private Optional<Workload> carrier(Optional<PortRef> meant) {
    return meant.isPresent()
        ? selected.declaring(meant.get(), port.protocol())
        : selected.workloads().stream().findFirst();
  }

  /** Something is still selected, and nothing of it has got the port meanwhile. */
  private List<Evidence> evidence(Optional<PortRef> meant) {
    Selector wanted = Selector.of(service.selector().orElse(Labels.EMPTY));
    Evidence presence =
        carrier(meant)
            .<Evidence>map(workload -> presence(workload))
            .orElseGet(() -> new Evidence.SomePodMatches(service.namespace(), wanted));
    return List.of(
        presence,
        new Evidence.NothingDeclares(
            service.namespace(),
            wanted,
            Selected.templates(wanted, service.namespace(), question),
            port.targetPort(),
            port.protocol()));
  }

  /** That the workload is there and is still selected. */
  private Evidence presence(Workload workload) {
    Selector wanted = Selector.of(service.selector().orElse(Labels.EMPTY));
    LateLabels late = LateLabels.in(service.namespace(), question);
    return new Evidence.Present(
        workload.kind(),
        workload.namespace(),
        workload.name(),
        live ->
            live instanceof Workload found && late.willMatch(wanted, found.template().labels()));
  }
}
