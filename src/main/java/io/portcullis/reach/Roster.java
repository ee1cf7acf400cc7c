package io.portcullis.reach;

import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Contents;
import io.portcullis.kube.Kind;
import io.portcullis.kube.Owner;
import io.portcullis.kube.Pod;
import io.portcullis.kube.Workload;
import io.portcullis.net.Labels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The workloads of a picture with their pods. A pod belongs to its top controller, as far as owner
 * references and the picture show it; a Node is no controller, and a ReplicaSet whose owner the
 * picture lacks stands for itself.
 */
public final class Roster {
  private static final String NODE = "Node";

  private final Cluster cluster;
  private final BiFunction<String, Labels, Labels> late;
  private final Map<Id, List<Party.Member>> pods = new TreeMap<>();
  private final Map<Id, List<Party.Member>> templates = new TreeMap<>();

  /** Which workload. */
  private record Id(String namespace, String kind, String name) implements Comparable<Id> {
    private static final Comparator<Id> ORDER =
        Comparator.comparing(Id::namespace).thenComparing(Id::kind).thenComparing(Id::name);

    @Override
    public int compareTo(Id other) {
      return ORDER.compare(this, other);
    }
  }

  private Roster(Cluster cluster, BiFunction<String, Labels, Labels> late) {
    this.cluster = cluster;
    this.late = late;
  }

  /**
   * The workloads, by id.
   *
   * @param pods those of the picture; finished ones do not count
   * @param late the labels that pods of a namespace will have, of those in their template
   */
  public static List<Party> of(
      Cluster cluster, Collection<Pod> pods, BiFunction<String, Labels, Labels> late) {
    Roster roster = new Roster(cluster, late);
    pods.stream().filter(pod -> !pod.finished()).forEach(roster::add);
    cluster.namespaces().values().stream()
        .flatMap(Roster::workloads)
        .sorted(Comparator.comparing(Workload::namespace).thenComparing(Workload::name))
        .forEach(roster::add);
    return roster.parties();
  }

  private static Stream<Workload> workloads(Contents namespace) {
    return Stream.of(Kind.values())
        .filter(Kind::isWorkload)
        .flatMap(kind -> namespace.all(kind).stream())
        .map(Workload.class::cast);
  }

  private void add(Pod pod) {
    Id id =
        controller(pod.meta().controller())
            .map(owner -> top(pod.namespace(), owner.kind(), owner.name()))
            .orElse(new Id(pod.namespace(), pod.kind().text(), pod.name()));
    pods.computeIfAbsent(id, _ -> new ArrayList<>())
        .add(new Party.Member(pod.name(), Endpoint.of(pod), true));
  }

  private void add(Workload workload) {
    Id own = new Id(workload.namespace(), workload.kind().text(), workload.name());
    Id top = top(own.namespace(), own.kind(), own.name());
    // What another object's template made speaks for itself once it has pods.
    if (top.equals(own) || found(top).isEmpty()) {
      Labels labels = late.apply(own.namespace(), workload.template().labels());
      templates
          .computeIfAbsent(top, _ -> new ArrayList<>())
          .add(
              new Party.Member(
                  own.name(),
                  Endpoint.of(own.namespace(), labels, workload.template().spec()),
                  false));
    }
  }

  /** Who controls this at the top; where owners go round in a circle, the one asked about. */
  private Id top(String namespace, String kind, String name) {
    Id start = new Id(namespace, kind, name);
    Set<Id> seen = new HashSet<>();
    Id at = start;
    for (Optional<Id> next = above(at); next.isPresent(); next = above(at)) {
      at = next.get();
      if (!seen.add(at)) {
        return start;
      }
    }
    return at;
  }

  private Optional<Id> above(Id id) {
    return found(id)
        .flatMap(workload -> controller(workload.meta().controller()))
        .map(owner -> new Id(id.namespace(), owner.kind(), owner.name()))
        .filter(owner -> !id.kind().equals(Kind.REPLICA_SET.text()) || found(owner).isPresent());
  }

  private static Optional<Owner> controller(Optional<Owner> owner) {
    return owner.filter(some -> !some.kind().equals(NODE));
  }

  private Optional<Workload> found(Id id) {
    return Kind.named(id.kind())
        .filter(Kind::isWorkload)
        .flatMap(kind -> cluster.in(id.namespace()).find(kind, id.name()))
        .map(Workload.class::cast);
  }

  private List<Party> parties() {
    Map<Id, List<Party.Member>> all = new TreeMap<>(templates);
    all.putAll(pods);
    return all.entrySet().stream()
        .map(each -> {
          Id id = each.getKey();
          List<Party.Member> members =
              each.getValue().stream().sorted(Comparator.comparing(Party.Member::name)).toList();
          return new Party(id.namespace(), id.kind(), id.name(), members);
        })
        .toList();
  }
}
