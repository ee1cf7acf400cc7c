package io.portcullis.rules;

import io.portcullis.finding.Evidence;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.kube.PolicyPeer;
import io.portcullis.kube.PortRef;
import io.portcullis.kube.Service;
import io.portcullis.net.Labels;
import io.portcullis.net.Protocol;
import io.portcullis.net.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Pods of one namespace that connections go to which a rule of a NetworkPolicy allows. */
record ReachedPods(String namespace, Selector selector, Selected selected) {
  /** More namespaces than this can't be confirmed in time. */
  private static final int MOST_NAMESPACES = 8;

  /** To look for pods in more would make a review cost what the cluster is big. */
  private static final int MOST_CANDIDATES = 64;

  /**
   * Those of a rule, of each namespace that has some. None where the rule allows connections to
   * others than pods as well, or to pods of more namespaces than can be asked.
   */
  static List<ReachedPods> of(
      NetworkPolicy policy, Direction direction, NetworkPolicy.Rule rule, Question question) {
    List<ReachedPods> all = new ArrayList<>();
    switch (direction) {
      case INGRESS -> all.add(in(policy.namespace(), policy.podSelector(), question));
      case EGRESS -> {
        for (PolicyPeer peer : rule.peers()) {
          if (!(peer instanceof PolicyPeer.Pods pods)) {
            return List.of();
          }
          Selector selector = pods.podSelector().orElse(Selector.EVERYTHING);
          List<String> namespaces =
              pods.namespaceSelector()
                  .map(question.after()::namespacesMatching)
                  .orElse(List.of(policy.namespace()));
          if (namespaces.size() > MOST_CANDIDATES) {
            return List.of();
          }
          namespaces.stream()
              .sorted()
              .map(namespace -> in(namespace, selector, question))
              .forEach(all::add);
        }
      }
    }
    List<ReachedPods> there = all.stream().filter(pods -> !pods.selected().isEmpty()).toList();
    return there.size() > MOST_NAMESPACES ? List.of() : there;
  }

  private static ReachedPods in(String namespace, Selector selector, Question question) {
    Carriers carriers = Carriers.in(namespace, question);
    Selected selected =
        new Selected(
            carriers.sortedWorkloads(selector).toList(), carriers.here().podsMatching(selector));
    return new ReachedPods(namespace, selector, selected);
  }

  /** The Services in front of them through whose ports they are reached, by name. */
  Stream<Service> services(Question question) {
    LateLabels late = LateLabels.in(namespace, question);
    Stream<Labels> labels =
        Stream.concat(
            selected.workloads().stream().map(workload -> late.onPod(workload.template().labels())),
            selected.pods().stream().map(group -> group.labels()));
    return labels
        .distinct()
        .flatMap(each -> question.after().in(namespace).servicesSelecting(each).stream())
        .filter(service -> Selected.isReachedByPorts(service) && !service.meta().ending())
        .distinct()
        .sorted(Comparator.comparing(Service::name));
  }

  /** That no pod of them declares the port, nor may listen on it all the same. */
  Evidence noneDeclares(PortRef port, Protocol protocol, Question question) {
    return new Evidence.NothingDeclares(
        namespace,
        selector,
        Optional.of(LateLabels.in(namespace, question).forTemplates(selector)),
        port,
        protocol);
  }
}
