package io.portcullis.cluster;

import io.portcullis.kube.AddressPool;
import io.portcullis.kube.ClusterPolicy;
import io.portcullis.kube.ConfigMap;
import io.portcullis.kube.Ingress;
import io.portcullis.kube.IngressClass;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.Node;
import io.portcullis.kube.Pod;
import io.portcullis.kube.PodDisruptionBudget;
import io.portcullis.kube.ReferenceGrant;
import io.portcullis.kube.Route;
import io.portcullis.kube.Service;
import io.portcullis.kube.ServiceCidr;
import io.portcullis.kube.WebhookConfiguration;
import io.portcullis.kube.Workload;
import io.portcullis.net.Label;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import kotlinx.collections.immutable.ExtensionsKt;
import kotlinx.collections.immutable.PersistentMap;

/**
 * What is in one namespace, with its indexes; cluster-scoped objects stand in the contents of the
 * empty namespace. Immutable: a change gives the next contents and shares what stays.
 */
public final class Contents {
  /** A namespace with nothing in it. */
  public static final Contents EMPTY =
      new Contents(
          ExtensionsKt.persistentHashMapOf(),
          ExtensionsKt.persistentHashMapOf(),
          LabelIndex.empty(),
          LabelIndex.empty(),
          SelectorIndex.empty(),
          KeyIndex.empty());

  /** An object of the namespace by kind and name. */
  private record Id(Kind kind, String name) {
    static Id of(KubeObject object) {
      return new Id(object.kind(), object.name());
    }
  }

  private final PersistentMap<Kind, PersistentMap<String, KubeObject>> objects;
  private final PersistentMap<PodGroup, Integer> counts;
  private final LabelIndex<PodGroup> pods;
  private final LabelIndex<Id> templates;
  private final SelectorIndex<Id> selectors;

  /** Names of Ingresses by the names of the Services that they lead to. */
  private final KeyIndex<String, String> routes;

  private Contents(
      PersistentMap<Kind, PersistentMap<String, KubeObject>> objects,
      PersistentMap<PodGroup, Integer> counts,
      LabelIndex<PodGroup> pods,
      LabelIndex<Id> templates,
      SelectorIndex<Id> selectors,
      KeyIndex<String, String> routes) {
    this.objects = objects;
    this.counts = counts;
    this.pods = pods;
    this.templates = templates;
    this.selectors = selectors;
    this.routes = routes;
  }

  /** The object of a kind and name; never a pod, since pods are held as groups. */
  public Optional<KubeObject> find(Kind kind, String name) {
    return Optional.ofNullable(ofKind(kind).get(name));
  }

  /** All objects of a kind, in no order. */
  public Collection<KubeObject> all(Kind kind) {
    return ofKind(kind).values();
  }

  public Optional<Service> service(String name) {
    return find(Kind.SERVICE, name).map(Service.class::cast);
  }

  public Optional<ConfigMap> configMap(String name) {
    return find(Kind.CONFIG_MAP, name).map(ConfigMap.class::cast);
  }

  public List<Service> services() {
    return cast(Kind.SERVICE, Service.class);
  }

  public List<Ingress> ingresses() {
    return cast(Kind.INGRESS, Ingress.class);
  }

  public List<NetworkPolicy> networkPolicies() {
    return cast(Kind.NETWORK_POLICY, NetworkPolicy.class);
  }

  public List<PodDisruptionBudget> podDisruptionBudgets() {
    return cast(Kind.POD_DISRUPTION_BUDGET, PodDisruptionBudget.class);
  }

  /** The groups that the namespace's pods make, in no order. */
  public Set<PodGroup> podGroups() {
    return counts.keySet();
  }

  /** How many pods a group has; 0 for a group that is not here. */
  public int count(PodGroup group) {
    return counts.getOrDefault(group, 0);
  }

  /** The groups whose pods a selector matches. */
  public List<PodGroup> podsMatching(Selector selector) {
    return pods.matching(selector);
  }

  /** The workloads whose template a selector matches, whatever their number of replicas. */
  public List<Workload> workloadsMatching(Selector selector) {
    return templates.matching(selector).stream().map(this::workload).toList();
  }

  /** Whether a pod's labels match; stops at the first. */
  public boolean anyPodMatches(Selector selector) {
    return pods.anyMatches(selector);
  }

  /** Whether a workload's template matches; stops at the first. */
  public boolean anyTemplateMatches(Selector selector) {
    return templates.anyMatches(selector);
  }

  /** The values that pods and templates carry under a label's key, ascending. */
  public NavigableSet<String> values(String key) {
    TreeSet<String> values = new TreeSet<>(pods.values(key).keySet());
    values.addAll(templates.values(key).keySet());
    return values;
  }

  /** Whether a pod or a template carries a label. */
  boolean carries(Label label) {
    return pods.values(label.key()).containsKey(label.value())
        || templates.values(label.key()).containsKey(label.value());
  }

  /** Whether a pod or a template carries a label of this key. */
  public boolean hasKey(String key) {
    return !pods.values(key).isEmpty() || !templates.values(key).isEmpty();
  }

  /**
   * What selects pods with these labels: Services, workloads, PodDisruptionBudgets and
   * NetworkPolicies, in no order.
   */
  public List<KubeObject> selecting(Labels labels) {
    return selectors.selecting(labels).stream()
        .flatMap(id -> find(id.kind(), id.name()).stream())
        .toList();
  }

  /**
   * The NetworkPolicies that select pods with these labels, in no order; the caller's to change.
   */
  public List<NetworkPolicy> policiesSelecting(Labels labels) {
    return selecting(labels, Kind.NETWORK_POLICY, NetworkPolicy.class);
  }

  /** The Services that select pods with these labels. */
  public List<Service> servicesSelecting(Labels labels) {
    return selecting(labels, Kind.SERVICE, Service.class);
  }

  private <T extends KubeObject> List<T> selecting(Labels labels, Kind kind, Class<T> type) {
    List<T> found = new ArrayList<>();
    for (Id id : selectors.selecting(labels)) {
      if (id.kind() == kind) {
        find(kind, id.name()).map(type::cast).ifPresent(found::add);
      }
    }
    return found;
  }

  /** The Ingresses that lead to a Service of that name, whether it is there or not, in no order. */
  public List<Ingress> ingressesTo(String service) {
    return routes.naming(service).stream()
        .flatMap(name -> find(Kind.INGRESS, name).stream())
        .map(Ingress.class::cast)
        .toList();
  }

  /** How many pods a selector matches. */
  public int countMatching(Selector selector) {
    return podsMatching(selector).stream().mapToInt(this::count).sum();
  }

  boolean isEmpty() {
    return objects.isEmpty() && counts.isEmpty();
  }

  Contents put(KubeObject object) {
    Contents base = drop(object.kind(), object.name());
    Id id = Id.of(object);
    LabelIndex<Id> nextTemplates =
        object instanceof Workload workload
            ? base.templates.plus(id, workload.template().labels())
            : base.templates;
    SelectorIndex<Id> nextSelectors =
        podSelector(object)
            .map(selector -> base.selectors.plus(id, selector))
            .orElse(base.selectors);
    PersistentMap<String, KubeObject> named = base.ofKind(object.kind()).put(object.name(), object);
    return new Contents(
        base.objects.put(object.kind(), named),
        counts,
        pods,
        nextTemplates,
        nextSelectors,
        object instanceof Ingress ingress
            ? base.routes.plus(ingress.name(), ingress.services())
            : base.routes);
  }

  Contents drop(Kind kind, String name) {
    PersistentMap<String, KubeObject> named = ofKind(kind);
    KubeObject gone = named.get(name);
    if (gone == null) {
      return this;
    }
    PersistentMap<String, KubeObject> rest = named.remove(name);
    Id id = new Id(kind, name);
    return new Contents(
        rest.isEmpty() ? objects.remove(kind) : objects.put(kind, rest),
        counts,
        pods,
        templates.minus(id),
        selectors.minus(id),
        gone instanceof Ingress ingress ? routes.minus(name, ingress.services()) : routes);
  }

  Contents addPod(PodGroup group) {
    int before = count(group);
    return new Contents(
        objects,
        counts.put(group, before + 1),
        before == 0 ? pods.plus(group, group.labels()) : pods,
        templates,
        selectors,
        routes);
  }

  Contents removePod(PodGroup group) {
    int before = count(group);
    if (before > 1) {
      return new Contents(
          objects, counts.put(group, before - 1), pods, templates, selectors, routes);
    }
    return new Contents(
        objects, counts.remove(group), pods.minus(group), templates, selectors, routes);
  }

  private Workload workload(Id id) {
    return (Workload) find(id.kind(), id.name()).orElseThrow();
  }

  private PersistentMap<String, KubeObject> ofKind(Kind kind) {
    return objects.getOrDefault(kind, ExtensionsKt.persistentHashMapOf());
  }

  private <T extends KubeObject> List<T> cast(Kind kind, Class<T> type) {
    return all(kind).stream().map(type::cast).toList();
  }

  /** What the object selects pods with; empty where it selects none. */
  private static Optional<Selector> podSelector(KubeObject object) {
    return switch (object) {
      case Service service -> service.selector().map(Selector::of);
      case Workload workload -> workload.selector();
      case PodDisruptionBudget budget -> budget.selector();
      case NetworkPolicy policy -> Optional.of(policy.podSelector());
      case AddressPool _,
          ClusterPolicy _,
          ConfigMap _,
          Ingress _,
          IngressClass _,
          Namespace _,
          Node _,
          Pod _,
          ReferenceGrant _,
          Route _,
          ServiceCidr _,
          WebhookConfiguration _ ->
          Optional.empty();
    };
  }
}
