package io.portcullis.rules;

import io.portcullis.finding.Change;
import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.finding.Operation;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.Service;
import io.portcullis.kube.Workload;
import io.portcullis.net.Labels;
import io.portcullis.settings.Tiers;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Service that does what another one does, and a Service whose pods are in two tiers. Both may be
 * meant, so both are only suspected.
 */
public final class ServiceOverlap implements Rule {
  private static final String ID = "service-overlap";
  private static final FieldPath SELECTOR = FieldPath.of("spec", "selector");

  private static final RuleInfo INFO =
      new RuleInfo(
          ID,
          "No two Services lead to the same pods by the same port, and none spans two tiers",
          Set.of(Kind.SERVICE),
          Set.of(Operation.CREATE, Operation.UPDATE),
          RuleInfo.View.OTHER_OBJECTS);

  /** The mark of Services whose selectors Argo Rollouts tells apart while it runs. */
  private static final String ROLLOUTS = "argo-rollouts.argoproj.io/managed-by-rollouts";

  /** What progressive delivery calls the Services whose selectors it tells apart while it runs. */
  private static final Pattern STAGE = Pattern.compile("-(?:stable|canary|active|preview)$");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public boolean isQuick(Change change) {
    return true;
  }

  @Override
  public List<Finding> judge(Question question) {
    return question
        .change()
        .object()
        .filter(Service.class::isInstance)
        .map(Service.class::cast)
        .filter(service -> service.selector().isPresent())
        .filter(service -> service.type() != Service.Type.EXTERNAL_NAME)
        .map(service ->
            Stream.of(twin(service, question), twoTiers(service, question))
                .flatMap(Optional::stream)
                .toList())
        .orElse(List.of());
  }

  private static Optional<Finding> twin(Service service, Question question) {
    Labels selector = service.selector().orElse(Labels.EMPTY);
    List<Service> twins =
        question.after().in(service.namespace()).servicesSelecting(selector).stream()
            .filter(other -> !other.name().equals(service.name()))
            .filter(other -> isTwin(service, other))
            .sorted(Comparator.comparing(Service::name))
            .toList();
    return twins.stream().findFirst().map(first -> same(service, first, twins.size() - 1));
  }

  private static boolean isTwin(Service service, Service other) {
    return other.type() == service.type()
        && other.selector().equals(service.selector())
        && !service.headless()
        && !other.headless()
        && !other.meta().ending()
        && !service.addresses().tellApart(other.addresses())
        && !isAnotherBalancer(service, other)
        && !areStages(service, other)
        && !isToldApartLater(service)
        && !isToldApartLater(other)
        && commonPorts(service, other).findFirst().isPresent();
  }

  /**
   * Clouds are told by annotations what load balancer to make: an internal one, one of a pool...
   */
  private static boolean isAnotherBalancer(Service service, Service other) {
    return service.type() == Service.Type.LOAD_BALANCER
        && !service.meta().annotations().equals(other.meta().annotations());
  }

  /** {@code shop-canary} beside {@code shop-stable} or {@code shop}. */
  private static boolean areStages(Service service, Service other) {
    return STAGE
        .matcher(service.name())
        .replaceFirst("")
        .equals(STAGE.matcher(other.name()).replaceFirst(""));
  }

  private static boolean isToldApartLater(Service service) {
    return service.meta().annotations().containsKey(ROLLOUTS);
  }

  /** The ports that both have, with protocol and targetPort alike, as {@code 80/TCP}. */
  private static Stream<String> commonPorts(Service service, Service other) {
    return service.ports().stream()
        .filter(port ->
            other.ports().stream()
                .anyMatch(each ->
                    each.port() == port.port()
                        && each.protocol() == port.protocol()
                        && each.targetPort().equals(port.targetPort())))
        .map(port -> port.port() + "/" + port.protocol());
  }

  private static Finding same(Service service, Service other, int more) {
    return Finding.suspicion(
            ID,
            ObjectRef.of(service),
            SELECTOR,
            "Service %s/%s%s leads to the same pods by %s too."
                .formatted(
                    other.namespace(),
                    other.name(),
                    more == 0 ? "" : " (and %d more)".formatted(more),
                    commonPorts(service, other).collect(Collectors.joining(", "))))
        .fix("keep one of them, or tell their selectors apart.")
        .related(List.of(ObjectRef.of(other)))
        .about("Service " + other.name());
  }

  private static Optional<Finding> twoTiers(Service service, Question question) {
    Tiers tiers = question.settings().tiers();
    if (!tiers.declared()) {
      return Optional.empty();
    }
    Map<String, String> found = tiers(service, tiers, question);
    return found.size() < 2
        ? Optional.empty()
        : Optional.of(
            Finding.suspicion(
                    ID,
                    ObjectRef.of(service),
                    SELECTOR,
                    "the selector spans the tiers %s."
                        .formatted(
                            found.entrySet().stream()
                                .map(each -> "%s (%s)".formatted(each.getKey(), each.getValue()))
                                .collect(Collectors.joining(" and "))))
                .fix(
                    "add %s to the selector, or make a Service of each tier."
                        .formatted(tiers.label()))
                .about("tiers " + found.keySet()));
  }

  /** The tiers of what is selected, each with one that is in it. */
  private static Map<String, String> tiers(Service service, Tiers tiers, Question question) {
    Selected selected = Selected.by(service, question);
    LateLabels late = LateLabels.in(service.namespace(), question);
    NavigableSet<String> names = tiers.names();
    Map<String, String> found = new TreeMap<>();
    for (Workload workload : selected.workloads()) {
      late.onPod(workload.template().labels())
          .get(tiers.label())
          .filter(names::contains)
          .ifPresent(
              tier -> found.putIfAbsent(tier, workload.kind().text() + " " + workload.name()));
    }
    selected
        .pods()
        .forEach(group ->
            group
                .labels()
                .get(tiers.label())
                .filter(names::contains)
                .ifPresent(tier -> found.putIfAbsent(tier, "pods")));
    return found;
  }
}
