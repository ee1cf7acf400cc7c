package io.portcullis.rules;

import io.portcullis.finding.Evidence;
import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.finding.PatchOp;
import io.portcullis.kube.ContainerPort;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.kube.PolicyPort;
import io.portcullis.kube.PortRef;
import io.portcullis.kube.Service;
import io.portcullis.kube.ServicePort;
import io.portcullis.kube.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A port that a rule of a NetworkPolicy names, which may be that of a Service.
 *
 * @param rule the rule that names it
 * @param entry the port's entry in it
 * @param path where the port stands
 * @param destinations the pods that the rule opens it on
 */
record UntranslatedPort(
    NetworkPolicy policy,
    Direction direction,
    NetworkPolicy.Rule rule,
    PolicyPort entry,
    PortRef port,
    FieldPath path,
    List<ReachedPods> destinations,
    Question question) {
  UntranslatedPort {
    destinations = List.copyOf(destinations);
  }

  /** A Service in front of the pods that has the port, and translates it. */
  private record Front(ReachedPods pods, Service service, ServicePort port) {}

  /** The entries of a rule that name a single port which some Service may translate. */
  static List<UntranslatedPort> of(
      NetworkPolicy policy, Direction direction, int place, Question question) {
    NetworkPolicy.Rule rule = policy.rules(direction).get(place);
    FieldPath ports =
        FieldPath.of("spec", direction == Direction.INGRESS ? "ingress" : "egress")
            .index(place)
            .field("ports");
    List<UntranslatedPort> found = new ArrayList<>();
    // Looked for once: a rule may reach pods of many namespaces.
    List<ReachedPods> destinations =
        rule.ports().stream().anyMatch(entry -> mayBeTranslated(entry, question))
            ? ReachedPods.of(policy, direction, rule, question)
            : List.of();
    for (int i = 0; i < rule.ports().size(); i++) {
      PolicyPort entry = rule.ports().get(i);
      if (mayBeTranslated(entry, question)) {
        FieldPath path = ports.index(i).field("port");
        found.add(
            new UntranslatedPort(
                policy,
                direction,
                rule,
                entry,
                entry.port().orElseThrow(),
                path,
                destinations,
                question));
      }
    }
    return found;
  }

  private static boolean mayBeTranslated(PolicyPort entry, Question question) {
    return entry.endPort().isEmpty()
        && entry
            .port()
            .filter(
                port -> question.after().isTranslated(new Service.Front(entry.protocol(), port)))
            .isPresent();
  }

  /** What is wrong with it: only what all pods that it is opened on contradict. */
  Optional<Finding> finding(String id) {
    boolean mayListen =
        destinations.stream()
            .map(ReachedPods::selected)
            .anyMatch(pods -> pods.hasSilent() || pods.declares(port, entry.protocol()));
    return mayListen
        ? Optional.empty()
        : destinations.stream()
            .flatMap(this::fronts)
            .filter(front -> !opensAsWell(front))
            .findFirst()
            .map(front -> finding(id, front));
  }

  private Stream<Front> fronts(ReachedPods pods) {
    return pods.services(question)
        .flatMap(service ->
            service.ports().stream()
                .filter(served -> is(served) && !served.targetPort().equals(port))
                .filter(served -> pods.selected().declares(served.targetPort(), served.protocol()))
                .map(served -> new Front(pods, service, served)));
  }

  private boolean is(ServicePort served) {
    return served.protocol() == entry.protocol()
        && switch (port) {
          case PortRef.ByNumber number -> served.port() == number.port();
          case PortRef.ByName name -> served.name().equals(name.name());
        };
  }

  /** Whether the targetPort is opened beside it: then nothing is cut. */
  private boolean opensAsWell(Front front) {
    List<ContainerPort> targets =
        front.pods().selected().ports(entry.protocol()).stream()
            .filter(declared -> declared.is(front.port().targetPort(), entry.protocol()))
            .toList();
    return forTheSame()
        .anyMatch(opening ->
            opening.ports().isEmpty()
                || opening.ports().stream()
                    .filter(other -> other.protocol() == entry.protocol())
                    .anyMatch(other -> targets.stream().anyMatch(target -> opens(other, target))));
  }

  /**
   * The rules for the same pods and peers: what policies open is one union, whichever rule it
   * stands in.
   */
  private Stream<NetworkPolicy.Rule> forTheSame() {
    return question.after().in(policy.namespace()).networkPolicies().stream()
        .filter(other ->
            other.podSelector().isEverything() || other.podSelector().equals(policy.podSelector()))
        .flatMap(other -> other.rules(direction).stream())
        .filter(other ->
            other.peers().isEmpty()
                || (!rule.peers().isEmpty() && other.peers().containsAll(rule.peers())));
  }

  private static boolean opens(PolicyPort entry, ContainerPort target) {
    return switch (entry.port().orElse(null)) {
      case PortRef.ByNumber from ->
          from.port() <= target.port() && target.port() <= entry.endPort().orElse(from.port());
      case PortRef.ByName name -> name.name().equals(target.name());
      case null -> true;
    };
  }

  private Finding finding(String id, Front front) {
    PortRef target = front.port().targetPort();
    Selected selected = front.pods().selected();
    Optional<Workload> carrier = selected.declaring(target, entry.protocol());
    String message =
        "%s is the port of Service %s, whose pods listen on its targetPort %s (%s): policies apply to the pods' port."
            .formatted(
                UndeclaredPort.quoted(port),
                front.service().name(),
                UndeclaredPort.quoted(target),
                selected.who(carrier, question.after().in(front.service().namespace())));
    boolean mayCome =
        destinations.stream()
            .flatMap(pods -> pods.selected().workloads().stream())
            .anyMatch(workload -> LaterPorts.isInjected(workload, question));
    Finding finding =
        mayCome
            ? Finding.suspicion(id, question.ref(), path, message)
            : Finding.violation(id, question.ref(), path, message)
                .restsOn(evidence(front, carrier));
    return finding
        .fix("set port to %s.".formatted(UndeclaredPort.quoted(target)))
        .patch(List.of(new PatchOp.Replace(path.pointer(), value(target))))
        .related(
            Stream.concat(Stream.of(front.service()), carrier.stream()).map(ObjectRef::of).toList())
        .about(
            "port %s/%s of Service %s".formatted(entry.protocol(), port, front.service().name()));
  }

  private static Object value(PortRef port) {
    return switch (port) {
      case PortRef.ByName name -> name.name();
      case PortRef.ByNumber number -> number.port();
    };
  }

  /** The Service still translates, its pods still listen there, and nothing has got the port. */
  private List<Evidence> evidence(Front front, Optional<Workload> carrier) {
    List<Evidence> evidence = new ArrayList<>();
    Service service = front.service();
    evidence.add(
        new Evidence.Present(
            Kind.SERVICE,
            service.namespace(),
            service.name(),
            live ->
                live instanceof Service found
                    && found.selector().equals(service.selector())
                    && found.ports().stream().anyMatch(each -> translatesAlike(each, front))));
    evidence.add(
        carrier
            .<Evidence>map(workload ->
                new Evidence.Present(
                    workload.kind(),
                    workload.namespace(),
                    workload.name(),
                    live -> live.facts().equals(workload.facts())))
            .orElseGet(() ->
                new Evidence.SomePodMatches(front.pods().namespace(), front.pods().selector())));
    destinations.forEach(pods -> evidence.add(pods.noneDeclares(port, entry.protocol(), question)));
    return evidence;
  }

  private static boolean translatesAlike(ServicePort live, Front front) {
    return live.port() == front.port().port()
        && live.name().equals(front.port().name())
        && live.protocol() == front.port().protocol()
        && live.targetPort().equals(front.port().targetPort());
  }
}
