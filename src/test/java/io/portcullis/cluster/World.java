package io.portcullis.cluster;

import io.portcullis.kube.AddressClaim;
import io.portcullis.kube.Ingress;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.Pod;
import io.portcullis.kube.PodDisruptionBudget;
import io.portcullis.kube.PolicyPeer;
import io.portcullis.kube.Service;
import io.portcullis.kube.Workload;
import io.portcullis.kube.read.AddressClaims;
import io.portcullis.net.AddressRange;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The naive oracle: every object in one map, every question answered by walking over all. */
public final class World {
  /** Which object. */
  public record Id(Kind kind, String namespace, String name) {
    public static Id of(KubeObject object) {
      return new Id(object.kind(), object.namespace(), object.name());
    }
  }

  private final Map<Id, KubeObject> objects = new HashMap<>();

  /** Stores an object and gives back the one whose place it takes. */
  public Optional<KubeObject> put(KubeObject object) {
    return Optional.ofNullable(objects.put(Id.of(object), object));
  }

  public Optional<KubeObject> remove(Id id) {
    return Optional.ofNullable(objects.remove(id));
  }

  public Collection<KubeObject> objects() {
    return objects.values();
  }

  /** The names of all namespaces that hold anything. */
  Set<String> namespaces() {
    return stream(object -> object.kind().namespaced())
        .filter(object -> !(object instanceof Pod pod && pod.finished()))
        .map(KubeObject::namespace)
        .collect(Collectors.toSet());
  }

  /** The objects of a namespace that are no pods; of the empty one, those of the cluster. */
  Set<KubeObject> plain(String namespace) {
    return in(namespace).filter(object -> object.kind() != Kind.POD).collect(Collectors.toSet());
  }

  Map<PodGroup, Integer> groups(String namespace, Predicate<Labels> wanted) {
    return pods(namespace)
        .map(PodGroup::of)
        .filter(group -> wanted.test(group.labels()))
        .collect(Collectors.toMap(Function.identity(), _ -> 1, Integer::sum));
  }

  Set<Workload> workloads(String namespace, Selector selector) {
    return in(namespace)
        .filter(Workload.class::isInstance)
        .map(Workload.class::cast)
        .filter(workload -> selector.matches(workload.template().labels()))
        .collect(Collectors.toSet());
  }

  Set<KubeObject> selecting(String namespace, Labels labels) {
    return in(namespace)
        .filter(object -> podSelector(object).filter(found -> found.matches(labels)).isPresent())
        .collect(Collectors.toSet());
  }

  Set<String> values(String namespace, String key) {
    Stream<Labels> templates =
        workloads(namespace, Selector.EVERYTHING).stream()
            .map(workload -> workload.template().labels());
    return Stream.concat(pods(namespace).map(pod -> pod.meta().labels()), templates)
        .flatMap(labels -> labels.get(key).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Set<Ingress> ingressesTo(String namespace, String service) {
    return in(namespace)
        .filter(Ingress.class::isInstance)
        .map(Ingress.class::cast)
        .filter(ingress -> ingress.services().contains(service))
        .collect(Collectors.toSet());
  }

  boolean isTranslated(Service.Front port) {
    return stream(Service.class::isInstance)
        .map(Service.class::cast)
        .anyMatch(service -> service.translated().contains(port));
  }

  Set<Ingress> ingressesClaiming(Ingress.Claim claim) {
    return stream(Ingress.class::isInstance)
        .map(Ingress.class::cast)
        .filter(ingress -> ingress.claims().contains(claim))
        .collect(Collectors.toSet());
  }

  Optional<Namespace> namespace(String name) {
    return Optional.ofNullable((Namespace) objects.get(new Id(Kind.NAMESPACE, "", name)));
  }

  /** The names of namespaces whose labels match: they hold something, or have an object. */
  Set<String> namespacesMatching(Selector selector) {
    Stream<String> objects = in("").filter(Namespace.class::isInstance).map(KubeObject::name);
    return Stream.concat(namespaces().stream(), objects)
        .filter(name -> selector.matches(namespaceLabels(name)))
        .collect(Collectors.toSet());
  }

  Labels namespaceLabels(String name) {
    return namespace(name)
        .map(found -> found.meta().labels())
        .orElseGet(() -> Labels.of(Namespace.NAME_LABEL, name));
  }

  Set<NetworkPolicy> policiesAskingFor(Labels namespaceLabels) {
    return stream(object -> object instanceof NetworkPolicy)
        .map(NetworkPolicy.class::cast)
        .filter(policy -> asksFor(policy, namespaceLabels))
        .collect(Collectors.toSet());
  }

  private static boolean asksFor(NetworkPolicy policy, Labels namespaceLabels) {
    return Stream.concat(policy.ingress().stream(), policy.egress().stream())
        .flatMap(rule -> rule.peers().stream())
        .filter(PolicyPeer.Pods.class::isInstance)
        .flatMap(peer -> ((PolicyPeer.Pods) peer).namespaceSelector().stream())
        .anyMatch(asked -> !asked.isEverything() && asked.matches(namespaceLabels));
  }

  Set<AddressClaim> claims(AddressRange range) {
    return stream(_ -> true)
        .flatMap(object -> AddressClaims.of(object).stream())
        .filter(claim -> claim.range().overlaps(range))
        .collect(Collectors.toSet());
  }

  private Stream<Pod> pods(String namespace) {
    return in(namespace)
        .filter(Pod.class::isInstance)
        .map(Pod.class::cast)
        .filter(pod -> !pod.finished());
  }

  private Stream<KubeObject> in(String namespace) {
    return stream(object -> object.namespace().equals(namespace));
  }

  private Stream<KubeObject> stream(Predicate<KubeObject> wanted) {
    return List.copyOf(objects.values()).stream().filter(wanted);
  }

  private static Optional<Selector> podSelector(KubeObject object) {
    if (object instanceof Service service) {
      return service.selector().map(Selector::of);
    }
    if (object instanceof Workload workload) {
      return workload.selector();
    }
    if (object instanceof PodDisruptionBudget budget) {
      return budget.selector();
    }
    return object instanceof NetworkPolicy policy
        ? Optional.of(policy.podSelector())
        : Optional.empty();
  }
}
