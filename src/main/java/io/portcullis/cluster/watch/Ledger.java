package io.portcullis.cluster.watch;

import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Contents;
import io.portcullis.cluster.Delta;
import io.portcullis.cluster.watch.News.Name;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Pod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The picture while it is being written. Used by one thread. */
final class Ledger {
  private final PodBook pods = new PodBook();
  private Cluster cluster = Cluster.EMPTY;

  Cluster cluster() {
    return cluster;
  }

  /** Writes an object down, if it is one of the source's. */
  void put(Source source, KubeObject object) {
    if (source.covers(object.namespace(), object.name())) {
      cluster = cluster.apply(object instanceof Pod pod ? pods.put(pod) : new Delta.Put(object));
    }
  }

  /** Strikes an object out. */
  void remove(Source source, Name name) {
    if (source.covers(name.namespace(), name.name())) {
      cluster =
          cluster.apply(
              source.kind() == Kind.POD
                  ? pods.remove(name)
                  : new Delta.Drop(source.kind(), name.namespace(), name.name()));
    }
  }

  /** Strikes out what of the source is not among the names. */
  void keepOnly(Source source, Set<Name> names) {
    List<Name> others = source.kind() == Kind.POD ? pods.without(names) : others(source, names);
    others.forEach(name -> remove(source, name));
  }

  private List<Name> others(Source source, Set<Name> names) {
    List<Name> others = new ArrayList<>();
    for (Contents place : places(source.kind())) {
      for (KubeObject object : place.all(source.kind())) {
        Name name = Name.of(object);
        if (source.covers(name.namespace(), name.name()) && !names.contains(name)) {
          others.add(name);
        }
      }
    }
    return others;
  }

  private Collection<Contents> places(Kind kind) {
    return kind.namespaced() ? cluster.namespaces().values() : List.of(cluster.in(""));
  }
}
