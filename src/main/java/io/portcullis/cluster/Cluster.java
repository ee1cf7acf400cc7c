package io.portcullis.cluster;

import io.portcullis.kube.Ingress;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.Service;
import io.portcullis.kube.Workload;
import io.portcullis.net.Label;
import io.portcullis.net.Labels;
import io.portcullis.net.Requirement;
import io.portcullis.net.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import kotlinx.collections.immutable.ExtensionsKt;
import kotlinx.collections.immutable.PersistentMap;

/**
 * The picture of a cluster at one moment. Immutable and safe for any number of readers; a reader
 * holds one picture from start to end and never sees half a change.
 */
public final class Cluster {
  /** A cluster with nothing in it, version 0. */
  public static final Cluster EMPTY =
      new Cluster(0, ExtensionsKt.persistentHashMapOf(), Overview.EMPTY);

  /** Where cluster-scoped objects stand. */
  private static final String NOWHERE = "";

  private final long version;
  private final PersistentMap<String, Contents> contents;
  private final Overview overview;

  private Cluster(long version, PersistentMap<String, Contents> contents, Overview overview) {
    this.version = version;
    this.contents = contents;
    this.overview = overview;
  }

  /** The picture that these objects make, each put after the other. */
  public static Cluster of(Collection<? extends KubeObject> objects) {
    Cluster cluster = EMPTY;
    for (KubeObject object : objects) {
      cluster = cluster.apply(Delta.between(Optional.empty(), Optional.of(object)));
    }
    return cluster;
  }

  /** How many changes made this picture. */
  public long version() {
    return version;
  }

  /** What is in a namespace; empty contents where there is no such namespace. */
  public Contents in(String namespace) {
    return contents.getOrDefault(namespace, Contents.EMPTY);
  }

  /** The contents of each namespace that has any, by name, in no order. */
  public Map<String, Contents> namespaces() {
    return contents.remove(NOWHERE);
  }

  /** The Namespace object, where the picture has it. */
  public Optional<Namespace> namespace(String name) {
    return find(Kind.NAMESPACE, NOWHERE, name).map(Namespace.class::cast);
  }

  /** All Namespace objects, in no order. */
  public List<Namespace> namespaceObjects() {
    return all(Kind.NAMESPACE).stream().map(Namespace.class::cast).toList();
  }

  /** A namespace's labels; of one that the picture does not have, only its name's. */
  public Labels namespaceLabels(String name) {
    return overview
        .namespaces()
        .labels(name)
        .orElseGet(() -> Labels.of(Namespace.NAME_LABEL, name));
  }

  /**
   * The names of the namespaces whose labels match, in no order; of those too that the picture
   * knows only by what is in them.
   */
  public List<String> namespacesMatching(Selector selector) {
    return overview.namespaces().matching(selector);
  }

  /**
   * The names of the namespaces where pods or templates may match, in no order: those that have the
   * rarest of the labels that the selector asks for; all where it asks for none.
   */
  public Collection<String> namespacesOfPods(Selector selector) {
    Collection<String> rarest = namespaces().keySet();
    for (Requirement requirement : selector.requirements()) {
      if (requirement instanceof Requirement.In in) {
        Collection<String> these = namespacesCarrying(in);
        rarest = these.size() < rarest.size() ? these : rarest;
      }
    }
    return rarest;
  }

  private Collection<String> namespacesCarrying(Requirement.In in) {
    if (in.values().size() == 1) {
      return overview.carrying().naming(new Label(in.key(), in.values().getFirst()));
    }
    Set<String> all = new HashSet<>();
    in.values()
        .forEach(value -> all.addAll(overview.carrying().naming(new Label(in.key(), value))));
    return all;
  }

  /** The values that namespaces carry under a label's key, ascending. */
  public NavigableSet<String> namespaceValues(String key) {
    return new TreeSet<>(overview.namespaces().values(key).keySet());
  }

  /**
   * The NetworkPolicies of all namespaces of which some peer asks for labels of namespaces and
   * would get these. Peers that take every namespace do not count.
   */
  public List<NetworkPolicy> policiesAskingFor(Labels namespaceLabels) {
    return overview.peers().selecting(namespaceLabels).stream()
        .flatMap(peer -> find(Kind.NETWORK_POLICY, peer.namespace(), peer.policy()).stream())
        .map(NetworkPolicy.class::cast)
        .distinct()
        .toList();
  }

  /** Whether some Service, of any namespace, has a port called so that stands for another one. */
  public boolean isTranslated(Service.Front port) {
    return overview.translated().has(port);
  }

  /** Which addresses are for what. */
  public AddressLedger ledger() {
    return overview.ledger();
  }

  /** The cluster-scoped objects of a kind, in no order. */
  public Collection<KubeObject> all(Kind clusterScoped) {
    return in(NOWHERE).all(clusterScoped);
  }

  /** An object by name; never a pod, since pods are held as groups. */
  public Optional<KubeObject> find(Kind kind, String namespace, String name) {
    return in(place(kind, namespace)).find(kind, name);
  }

  /** The Ingresses of all namespaces that claim a host and path, in no order. */
  public List<Ingress> ingressesClaiming(Ingress.Claim claim) {
    List<Ingress> claiming = new ArrayList<>();
    overview
        .claims()
        .naming(claim)
        .forEach(id ->
            find(Kind.INGRESS, id.namespace(), id.name())
                .ifPresent(found -> claiming.add((Ingress) found)));
    return claiming;
  }

  /** The picture after one change. Shares with this one whatever the change does not touch. */
  public Cluster apply(Delta delta) {
    return switch (delta) {
      case Delta.Put put -> put(put.object());
      case Delta.Drop drop -> drop(drop);
      case Delta.MovePod move -> move(move);
      case Delta.Nothing _ -> this;
    };
  }

  /** The picture with these, and no others, as a namespace's objects of a kind that is no pod. */
  public Cluster withAll(Kind kind, String namespace, Collection<KubeObject> objects) {
    Set<String> names = objects.stream().map(KubeObject::name).collect(Collectors.toSet());
    Cluster next = this;
    for (KubeObject known : in(namespace).all(kind)) {
      if (!names.contains(known.name())) {
        next = next.apply(new Delta.Drop(kind, namespace, known.name()));
      }
    }
    for (KubeObject object : objects) {
      if (!find(kind, namespace, object.name()).equals(Optional.of(object))) {
        next = next.apply(new Delta.Put(object));
      }
    }
    return next;
  }

  private Cluster put(KubeObject now) {
    Optional<KubeObject> before = find(now.kind(), now.namespace(), now.name());
    String place = place(now.kind(), now.namespace());
    Contents changed = in(place).put(now);
    Cluster next = with(place, changed, seen(before, Optional.of(now), place, changed));
    return now instanceof Namespace ? next.labelled(now.name()) : next;
  }

  private Cluster drop(Delta.Drop drop) {
    Optional<KubeObject> before = find(drop.kind(), drop.namespace(), drop.name());
    String place = place(drop.kind(), drop.namespace());
    Contents left = in(place).drop(drop.kind(), drop.name());
    Cluster next = with(place, left, seen(before, Optional.empty(), place, left));
    return drop.kind() == Kind.NAMESPACE ? next.labelled(drop.name()) : next;
  }

  private Cluster move(Delta.MovePod move) {
    if (move.before().equals(move.after())) {
      return this;
    }
    Cluster next = this;
    if (move.before().isPresent()) {
      PodGroup before = move.before().get();
      Contents left = next.in(before.namespace()).removePod(before);
      next = next.with(before, left, left.count(before) == 0);
    }
    if (move.after().isPresent()) {
      PodGroup after = move.after().get();
      Contents joined = next.in(after.namespace()).addPod(after);
      next = next.with(after, joined, joined.count(after) == 1);
    }
    return next;
  }

  /**
   * This with other contents of a group's namespace, which the group may be new to or gone from.
   */
  private Cluster with(PodGroup group, Contents changed, boolean atTurn) {
    String place = group.namespace();
    return with(
        place, changed, atTurn ? overview.withCarried(place, changed, group.labels()) : overview);
  }

  /** The overview after one object took the place of another in what is there now. */
  private Overview seen(
      Optional<KubeObject> before, Optional<KubeObject> after, String place, Contents now) {
    return overview
        .changed(before, after)
        .withCarried(place, now, made(before))
        .withCarried(place, now, made(after));
  }

  /** The labels of the pods that an object makes. */
  private static Labels made(Optional<KubeObject> object) {
    return object.orElse(null) instanceof Workload workload
        ? workload.template().labels()
        : Labels.EMPTY;
  }

  private static String place(Kind kind, String namespace) {
    return kind.namespaced() ? namespace : NOWHERE;
  }

  private Cluster with(String place, Contents changed, Overview seen) {
    PersistentMap<String, Contents> all =
        changed.isEmpty() ? contents.remove(place) : contents.put(place, changed);
    Cluster next = new Cluster(version + 1, all, seen);
    boolean same = contents.containsKey(place) == all.containsKey(place);
    return same || place.equals(NOWHERE) ? next : next.labelled(place);
  }

  /** This with a namespace under the labels that it has, if it is there at all. */
  private Cluster labelled(String namespace) {
    Optional<Labels> labels =
        namespace(namespace)
            .map(found -> found.meta().labels())
            .or(() ->
                contents.containsKey(namespace)
                    ? Optional.of(Labels.of(Namespace.NAME_LABEL, namespace))
                    : Optional.empty());
    return new Cluster(version, contents, overview.withNamespace(namespace, labels));
  }
}
