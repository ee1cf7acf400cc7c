package io.portcullis.rules;

import io.portcullis.cluster.Contents;
import io.portcullis.finding.Evidence;
import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.kube.ContainerPort;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.PortRef;
import io.portcullis.kube.Service;
import io.portcullis.kube.ServicePort;
import io.portcullis.kube.Workload;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import io.portcullis.text.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The ports that Services lead to and that a template does not declare, or no longer. A clearly
 * other name may be followed by the Service's own change, so it is only suspected; a name that is
 * nearly the one that the Service asks for is a mistake.
 */
final class LostPorts {
  private static final FieldPath CONTAINERS =
      FieldPath.of("spec", "template", "spec", "containers");

  private final String rule;
  private final Optional<Workload> old;
  private final Workload now;
  private final Question question;
  private final Contents here;

  private LostPorts(String rule, Optional<Workload> old, Workload now, Question question) {
    this.rule = rule;
    this.old = old;
    this.now = now;
    this.question = question;
    this.here = question.after().in(now.namespace());
  }

  static List<Finding> of(String rule, Workload now, Question question) {
    Optional<Workload> old =
        question.change().oldObject().filter(Workload.class::isInstance).map(Workload.class::cast);
    // Where everything is there already, the Service is the one that leads to nothing.
    boolean isTold = old.isEmpty() && question.occasion() == Question.Occasion.WHOLE;
    if (isTold
        || now.template().spec().hasSilentContainer()
        || old.filter(before -> before.template().equals(now.template())).isPresent()) {
      return List.of();
    }
    return new LostPorts(rule, old, now, question).findings();
  }

  private List<Finding> findings() {
    return here.servicesSelecting(onPods(now)).stream()
        .filter(Selected::isReachedByPorts)
        .sorted(Comparator.comparing(Service::name))
        .flatMap(service -> findings(service).stream())
        .toList();
  }

  private List<Finding> findings(Service service) {
    Selected others = Selected.by(service, question).without(now, here);
    if (others.hasSilent()) {
      return List.of();
    }
    boolean wasSelected =
        old.filter(before -> selector(service).matches(onPods(before))).isPresent();
    List<Finding> findings = new ArrayList<>();
    for (ServicePort port : service.ports()) {
      boolean had = wasSelected && declares(old, port);
      boolean isTheFirst = !wasSelected && others.isEmpty();
      if ((had || isTheFirst)
          && !declares(Optional.of(now), port)
          && !others.declares(port.targetPort(), port.protocol())) {
        findings.add(finding(service, port, had));
      }
    }
    return findings;
  }

  private Labels onPods(Workload workload) {
    return LateLabels.in(workload.namespace(), question).onPod(workload.template().labels());
  }

  private static Selector selector(Service service) {
    return Selector.of(service.selector().orElse(Labels.EMPTY));
  }

  private static boolean declares(Optional<Workload> workload, ServicePort port) {
    return workload
        .filter(each -> each.template().spec().declares(port.targetPort(), port.protocol()))
        .isPresent();
  }

  private Finding finding(Service service, ServicePort port, boolean had) {
    Optional<String> slip = slip(port);
    String wanted = UndeclaredPort.quoted(port.targetPort());
    String message =
        "the template %s %s port %s, which Service %s leads to%s"
            .formatted(
                had ? "no longer declares" : "does not declare",
                port.protocol(),
                wanted,
                service.name(),
                slip.map(name -> ", but \"%s\": did you mean %s?".formatted(name, wanted))
                    .orElse("."));
    ObjectRef self = ObjectRef.of(now);
    Finding finding =
        slip.isPresent()
            ? Finding.violation(rule, self, CONTAINERS, message)
                .restsOn(List.of(presence(service, port)))
            : Finding.suspicion(rule, self, CONTAINERS, message);
    return finding
        .fix("declare it, or change the Service too.")
        .related(List.of(ObjectRef.of(service)))
        .about(
            "Service %s, port %s/%s".formatted(service.name(), port.targetPort(), port.protocol()));
  }

  /** The new name that is nearly the one that the Service asks for. */
  private Optional<String> slip(ServicePort port) {
    return port.targetPort() instanceof PortRef.ByName wanted
        ? names(Optional.of(now), port).stream()
            .filter(name -> !names(old, port).contains(name))
            .filter(name -> Nearest.isNear(name, wanted.name()))
            .filter(name -> !isOtherwiseSecured(name, wanted.name()))
            .findFirst()
        : Optional.empty();
  }

  private static List<String> names(Optional<Workload> workload, ServicePort port) {
    return workload.stream()
        .flatMap(each -> each.template().spec().ports().stream())
        .filter(declared -> declared.protocol() == port.protocol())
        .map(ContainerPort::name)
        .toList();
  }

  /** {@code http} and {@code https}, {@code grpc} and {@code grpcs}: both are meant. */
  private static boolean isOtherwiseSecured(String a, String b) {
    return a.equals(b + "s") || b.equals(a + "s");
  }

  private static Evidence presence(Service service, ServicePort port) {
    return new Evidence.Present(
        Kind.SERVICE,
        service.namespace(),
        service.name(),
        object ->
            object instanceof Service live
                && live.selector().equals(service.selector())
                && live.ports().contains(port));
  }
}
