package io.portcullis.rules;

import io.portcullis.cluster.Contents;
import io.portcullis.cluster.PodGroup;
import io.portcullis.kube.ContainerPort;
import io.portcullis.kube.Kind;
import io.portcullis.kube.PortRef;
import io.portcullis.kube.Service;
import io.portcullis.kube.Workload;
import io.portcullis.net.Labels;
import io.portcullis.net.Protocol;
import io.portcullis.net.Selector;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a Service selects, as far as it is there: templates and pods.
 *
 * @param workloads in the order of their names; not those that another workload makes, whose past
 *     versions tell nothing about the pods to come
 */
record Selected(List<Workload> workloads, List<PodGroup> pods) {
  private static final Set<String> JOBS = Set.of(Kind.JOB.text(), Kind.CRON_JOB.text());

  Selected {
    workloads = List.copyOf(workloads);
    pods = List.copyOf(pods);
  }

  /**
   * Whether pods are reached through the Service's ports. Whoever asks for a headless one gets the
   * pods' addresses and goes to their own ports.
   */
  static boolean isReachedByPorts(Service service) {
    return service.selector().isPresent()
        && service.type() != Service.Type.EXTERNAL_NAME
        && !service.headless();
  }

  /** What the Service selects after the change; nothing for one without a selector. */
  static Selected by(Service service, Question question) {
    Selector wanted = Selector.of(service.selector().orElse(Labels.EMPTY));
    if (wanted.isEverything()) {
      return new Selected(List.of(), List.of());
    }
    Carriers carriers = Carriers.in(service.namespace(), question);
    return new Selected(
        templates(wanted, service.namespace(), question).stream()
            .flatMap(_ -> carriers.sortedWorkloads(wanted))
            .toList(),
        carriers.here().podsMatching(wanted));
  }

  /** What templates are asked with; empty where only labels that come late are asked for. */
  static Optional<Selector> templates(Selector wanted, String namespace, Question question) {
    return Optional.of(LateLabels.in(namespace, question).forTemplates(wanted))
        .filter(left -> !left.isEverything());
  }

  /** The others: what is neither this workload nor made by it. */
  Selected without(Workload own, Contents here) {
    Maker self = Maker.of(own);
    return new Selected(
        workloads.stream().filter(other -> !Maker.of(other).equals(self)).toList(),
        pods.stream()
            .filter(group -> !Maker.of(group.controller(), here).equals(Optional.of(self)))
            .toList());
  }

  boolean isEmpty() {
    return workloads.isEmpty() && pods.isEmpty();
  }

  /** Whether all of it is of Jobs: what serves may still come, under the same labels. */
  boolean isOfJobsOnly() {
    return !isEmpty()
        && workloads.stream().allMatch(workload -> JOBS.contains(workload.kind().text()))
        && pods.stream()
            .allMatch(
                group -> group.controller().filter(by -> JOBS.contains(by.kind())).isPresent());
  }

  /** Whether something here has a container that declares no port: it may listen on any. */
  boolean hasSilent() {
    return workloads.stream().anyMatch(workload -> workload.template().spec().hasSilentContainer())
        || pods.stream().anyMatch(PodGroup::hasSilentContainer);
  }

  boolean declares(PortRef port, Protocol protocol) {
    return allPorts().anyMatch(declared -> declared.is(port, protocol));
  }

  /** The ports that are declared for a protocol, each once, ascending. */
  List<ContainerPort> ports(Protocol protocol) {
    return allPorts()
        .filter(port -> port.protocol() == protocol)
        .map(port -> new ContainerPort(port.name(), port.port(), protocol, 0))
        .distinct()
        .sorted(Comparator.comparingInt(ContainerPort::port).thenComparing(ContainerPort::name))
        .toList();
  }

  private Stream<ContainerPort> allPorts() {
    return Stream.concat(
        workloads.stream().flatMap(workload -> workload.template().spec().ports().stream()),
        pods.stream().flatMap(group -> group.ports().stream()));
  }

  /** The first workload that declares the port. */
  Optional<Workload> declaring(PortRef port, Protocol protocol) {
    return workloads.stream()
        .filter(workload -> workload.template().spec().declares(port, protocol))
        .findFirst();
  }

  /** {@code Deployment web, 3 pods}, or all the pods where there is no workload. */
  String who(Optional<Workload> workload, Contents here) {
    int count =
        workload
            .map(found -> found.selector().map(here::countMatching).orElse(0))
            .orElseGet(() -> pods.stream().mapToInt(here::count).sum());
    return NearMiss.Carrier.name(workload, count);
  }
}
