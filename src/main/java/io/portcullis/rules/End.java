package io.portcullis.rules;

import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Contents;
import io.portcullis.cluster.PodGroup;
import io.portcullis.finding.Evidence;
import io.portcullis.finding.Operation;
import io.portcullis.kube.ContainerPort;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Owner;
import io.portcullis.kube.Pod;
import io.portcullis.kube.Workload;
import io.portcullis.net.PortSet;
import io.portcullis.net.Selector;
import io.portcullis.reach.Endpoint;
import io.portcullis.settings.Tiers;
import io.portcullis.text.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Pods that policies see as one, at an end of connections: a group of pods, or a template whose
 * pods are not there yet.
 *
 * @param maker what makes them, at the top; empty for pods that nobody makes
 * @param declared the ports that their containers declare
 * @param asksClusterDns whether they resolve names by the cluster's DNS
 */
record End(Endpoint endpoint, Optional<Maker> maker, PortSet declared, boolean asksClusterDns) {
  /** More names than this tell nobody more. */
  private static final int MOST_NAMES = 3;

  static final Comparator<End> BY_NAME =
      Comparator.comparing(End::namespace)
          .thenComparing(End::name)
          .thenComparing(end -> end.endpoint().labels().toString());

  /**
   * What a selector means of a namespace, but for what is ending and for pods in the network of
   * their node. Of a workload that has such pods the template is left out.
   */
  static List<End> selected(String namespace, Selector selector, Question question) {
    return selected(namespace, selector, question, question.after());
  }

  /** The same of the picture before or after the change. */
  static List<End> selected(
      String namespace, Selector selector, Question question, Cluster picture) {
    Contents here = picture.in(namespace);
    LateLabels late = LateLabels.in(namespace, question);
    List<PodGroup> pods = here.podsMatching(selector);
    List<Workload> templates = here.workloadsMatching(late.forTemplates(selector));
    if (pods.isEmpty() && templates.isEmpty()) {
      return List.of();
    }
    List<End> ends = new ArrayList<>();
    for (PodGroup group : pods) {
      if (!group.hostNetwork() && stays(group, here, question)) {
        ends.add(of(group, here));
      }
    }
    Set<Optional<Maker>> there = new HashSet<>();
    ends.forEach(end -> there.add(end.maker));
    for (Workload workload : templates) {
      if (!workload.template().spec().hostNetwork()
          && late.willMatch(selector, workload.template().labels())
          && makesPods(workload, here, question)
          && !there.contains(Optional.of(Maker.of(workload)))) {
        ends.add(of(workload, late));
      }
    }
    ends.sort(BY_NAME);
    return ends;
  }

  /** What a selector means of all namespaces, by their names, looked for as it is asked for. */
  static Stream<End> everywhere(Selector selector, Question question) {
    return everywhere(Selector.EVERYTHING, selector, question);
  }

  /** The same of the namespaces that a selector matches. */
  static Stream<End> everywhere(Selector namespaces, Selector pods, Question question) {
    return namespaces(namespaces, pods, question).stream()
        .sorted()
        .flatMap(namespace -> selected(namespace, pods, question).stream());
  }

  /** The names of the namespaces where there may be such pods, in no order. */
  static Collection<String> namespaces(Selector namespaces, Selector pods, Question question) {
    Cluster picture = question.after();
    Collection<String> there = LateLabels.namespaces(pods, question);
    if (namespaces.isEverything()) {
      return there;
    }
    List<String> matching = picture.namespacesMatching(namespaces);
    return matching.size() < there.size()
        ? matching
        : there.stream().filter(name -> namespaces.matches(picture.namespaceLabels(name))).toList();
  }

  private static End of(PodGroup group, Contents here) {
    return new End(
        Endpoint.of(group),
        Maker.of(group.controller(), here),
        ports(group.ports()),
        group.asksClusterDns());
  }

  /** One pod, as it is or is to be. */
  static End of(Pod pod, Contents here) {
    End end = of(PodGroup.of(pod), here);
    Maker itself = new Maker(Kind.POD.text(), pod.name());
    return new End(
        end.endpoint, end.maker.or(() -> Optional.of(itself)), end.declared, end.asksClusterDns);
  }

  private static End of(Workload workload, LateLabels late) {
    Endpoint endpoint =
        Endpoint.of(
            workload.namespace(),
            late.onPod(workload.template().labels()),
            workload.template().spec());
    return new End(
        endpoint,
        Optional.of(Maker.of(workload)),
        ports(workload.template().spec().ports()),
        workload.template().spec().asksClusterDns());
  }

  /** What another workload makes speaks through that; what is scaled to nothing has no pods. */
  private static boolean makesPods(Workload workload, Contents here, Question question) {
    boolean wanted = workload.replicas() > 0 || question.occasion() == Question.Occasion.WHOLE;
    return wanted
        && !workload.meta().ending()
        && owner(workload.meta().controller(), here).isEmpty()
        && (question.change().operation() != Operation.DELETE
            || isKept(workload.meta().controller(), here));
  }

  /**
   * Whether pods are there to stay. When something is deleted, so may be all that belongs to it:
   * the owners go first, and the pods are marked a moment later. An owner that a finalizer holds
   * back, or that leaves its pods as orphans, takes none.
   */
  private static boolean stays(PodGroup group, Contents here, Question question) {
    return !group.ending()
        && (question.change().operation() != Operation.DELETE || isKept(group.controller(), here));
  }

  /** Up to the top owner, if there is one: anybody may write owners that go in a circle. */
  private static boolean isKept(Optional<Owner> controller, Contents here) {
    Set<Owner> seen = new HashSet<>();
    Optional<Owner> next = controller;
    while (next.filter(End::isOfWorkload).isPresent() && seen.add(next.get())) {
      Optional<KubeObject> owner = owner(next, here);
      if (owner.filter(found -> !found.meta().takesDependents()).isEmpty()) {
        return false;
      }
      next = owner.get().meta().controller();
    }
    return true;
  }

  /** Of others it can't be known whether they are there. */
  private static boolean isOfWorkload(Owner owner) {
    return !owner.foreign() && Kind.named(owner.kind()).filter(Kind::isWorkload).isPresent();
  }

  private static Optional<KubeObject> owner(Optional<Owner> controller, Contents here) {
    return controller.flatMap(
        owner -> Kind.named(owner.kind()).flatMap(kind -> here.find(kind, owner.name())));
  }

  private static PortSet ports(List<ContainerPort> declared) {
    PortSet ports = PortSet.NONE;
    for (ContainerPort each : declared) {
      ports = ports.union(PortSet.ofAny(each.protocol(), each.port()));
    }
    return ports;
  }

  String namespace() {
    return endpoint.namespace();
  }

  /** The declared tier that they are in, by their own label. */
  Optional<String> tier(Tiers tiers) {
    return endpoint.labels().get(tiers.label()).filter(tiers::isDeclared);
  }

  /** {@code shop/web}, or {@code shop/pods with app=web}. */
  String path() {
    return namespace() + "/" + name();
  }

  private String name() {
    return maker.isPresent() ? maker.get().name() : labelled();
  }

  private String labelled() {
    return "pods with " + (endpoint.labels().isEmpty() ? "no label" : endpoint.labels());
  }

  /** {@code Deployment web}, or {@code pods with app=web}. */
  @Override
  public String toString() {
    return maker.map(found -> found.kind() + " " + found.name()).orElseGet(this::labelled);
  }

  /** {@code Deployment web, Deployment api, Deployment cart and 4 others}. */
  static String names(Collection<End> ends) {
    List<String> names =
        ends.stream().map(End::toString).collect(Collectors.toCollection(TreeSet::new)).stream()
            .toList();
    if (names.size() <= MOST_NAMES + 1) {
      return Words.and(names);
    }
    return Words.and(
        Stream.concat(
                names.stream().limit(MOST_NAMES),
                Stream.of((names.size() - MOST_NAMES) + " others"))
            .toList());
  }

  /** That it is still there, and still has the labels. */
  Evidence presence(Cluster picture) {
    return maker
        .flatMap(made ->
            Kind.named(made.kind()).flatMap(kind -> picture.find(kind, namespace(), made.name())))
        .filter(Workload.class::isInstance)
        .<Evidence>map(found ->
            new Evidence.Present(
                found.kind(),
                namespace(),
                found.name(),
                live -> !live.meta().takesDependents() && live.facts().equals(found.facts())))
        .orElseGet(() -> new Evidence.SomePodMatches(namespace(), Selector.of(endpoint.labels())));
  }
}
