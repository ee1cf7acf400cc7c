package io.portcullis.cluster;

import io.portcullis.kube.Ingress;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Namespace;
import io.portcullis.net.Labels;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * The picture of a cluster at one moment. Immutable and safe for any number of readers; a reader
 * holds one picture from start to end and never sees half a change.
 */
public final class Cluster {
  /** A cluster with nothing in it, version 0. */
  public static final Cluster EMPTY = new Cluster(0, HashTreePMap.empty(), KeyIndex.empty());

  /** Where cluster-scoped objects stand. */
  private static final String NOWHERE = "";

  /** An Ingress of any namespace. */
  private record IngressId(String namespace, String name) {}

  private final long version;
  private final PMap<String, Contents> contents;
  private final KeyIndex<Ingress.Claim, IngressId> claims;

  private Cluster(
      long version, PMap<String, Contents> contents, KeyIndex<Ingress.Claim, IngressId> claims) {
    this.version = version;
    this.contents = contents;
    this.claims = claims;
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
    return contents.minus(NOWHERE);
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
    return namespace(name)
        .map(found -> found.meta().labels())
        .orElseGet(() -> Labels.of(Namespace.NAME_LABEL, name));
  }

  /** The cluster-scoped objects of a kind, in no order. */
  public Collection<KubeObject> all(Kind clusterScoped) {
    return in(NOWHERE).all(clusterScoped);
  }

  /** An object by name; never a pod, since pods are held as groups. */
  public Optional<KubeObject> find(Kind kind, String namespace, String name) {
    return in(kind.namespaced() ? namespace : NOWHERE).find(kind, name);
  }

  /** The Ingresses of all namespaces that claim a host and path, in no order. */
  public List<Ingress> ingressesClaiming(Ingress.Claim claim) {
    return claims.naming(claim).stream()
        .flatMap(id -> find(Kind.INGRESS, id.namespace(), id.name()).stream())
        .map(Ingress.class::cast)
        .toList();
  }

  /** The picture after one change. Shares with this one whatever the change does not touch. */
  public Cluster apply(Delta delta) {
    return switch (delta) {
      case Delta.Put put -> {
        String place = put.object().kind().namespaced() ? put.object().namespace() : NOWHERE;
        yield with(
            place,
            in(place).put(put.object()),
            claimsAfter(
                find(put.object().kind(), place, put.object().name()), Optional.of(put.object())));
      }
      case Delta.Drop drop -> {
        String place = drop.kind().namespaced() ? drop.namespace() : NOWHERE;
        yield with(
            place,
            in(place).drop(drop.kind(), drop.name()),
            claimsAfter(find(drop.kind(), place, drop.name()), Optional.empty()));
      }
      case Delta.MovePod move -> move(move);
      case Delta.Nothing _ -> this;
    };
  }

  private Cluster move(Delta.MovePod move) {
    if (move.before().equals(move.after())) {
      return this;
    }
    Cluster next = this;
    if (move.before().isPresent()) {
      PodGroup before = move.before().get();
      next = next.with(before.namespace(), next.in(before.namespace()).removePod(before), claims);
    }
    if (move.after().isPresent()) {
      PodGroup after = move.after().get();
      next = next.with(after.namespace(), next.in(after.namespace()).addPod(after), claims);
    }
    return next;
  }

  private KeyIndex<Ingress.Claim, IngressId> claimsAfter(
      Optional<KubeObject> before, Optional<KubeObject> after) {
    KeyIndex<Ingress.Claim, IngressId> next = claims;
    if (before.isPresent() && before.get() instanceof Ingress old) {
      next = next.minus(new IngressId(old.namespace(), old.name()), old.claims());
    }
    return after.isPresent() && after.get() instanceof Ingress now
        ? next.plus(new IngressId(now.namespace(), now.name()), now.claims())
        : next;
  }

  private Cluster with(
      String namespace, Contents changed, KeyIndex<Ingress.Claim, IngressId> claimed) {
    PMap<String, Contents> next =
        changed.isEmpty() ? contents.minus(namespace) : contents.plus(namespace, changed);
    return new Cluster(version + 1, next, claimed);
  }
}
