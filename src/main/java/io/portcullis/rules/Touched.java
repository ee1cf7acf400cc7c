package io.portcullis.rules;

import io.portcullis.cluster.Cluster;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.kube.Pod;
import io.portcullis.net.Selector;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a change may connect or cut.
 *
 * @param ends the ends of connections that change, or stand elsewhere in the eyes of policies
 * @param others with whom alone these connect anew; empty: with everybody
 */
record Touched(List<Moved> ends, Optional<List<End>> others) {
  /**
   * An end as it was and as it will be.
   *
   * @param directions seen from it
   */
  record Moved(End before, End after, Set<Direction> directions) {
    static Moved still(End end, Set<Direction> directions) {
      return new Moved(end, end, directions);
    }
  }

  private static final Set<Direction> BOTH = EnumSet.allOf(Direction.class);

  /** What is left of it that policies say something else of than before. */
  Touched changed(Question question) {
    if (!question.isOfPolicy()) {
      return this;
    }
    return new Touched(
        ends.stream()
            .filter(moved ->
                moved.directions().stream()
                    .anyMatch(direction ->
                        !question
                            .reachBefore()
                            .stance(moved.before().endpoint(), direction)
                            .equals(
                                question.reachAfter().stance(moved.after().endpoint(), direction))))
            .toList(),
        others);
  }

  /** The same, with those too with whom these connect anew. */
  Touched bothEnds() {
    return new Touched(
        Stream.concat(
                ends.stream(),
                others.stream().flatMap(List::stream).map(other -> Moved.still(other, BOTH)))
            .distinct()
            .toList(),
        others);
  }

  /** All that is in a namespace. */
  static Touched namespace(String name, Question question) {
    return new Touched(
        End.selected(name, Selector.EVERYTHING, question).stream()
            .map(end -> Moved.still(end, BOTH))
            .toList(),
        Optional.empty());
  }

  static Touched by(Question question) {
    Optional<KubeObject> old = question.change().oldObject();
    Optional<KubeObject> now = question.change().object();
    return switch (now.or(() -> old).orElse(null)) {
      case NetworkPolicy _ -> byPolicies(policies(old, now), question);
      case Namespace namespace when old.isPresent() && now.isPresent() ->
          byLabels(namespace.name(), old.get(), now.get(), question);
      case Pod pod when old.orElse(null) instanceof Pod before && now.isPresent() ->
          byLabels(before, pod, question);
      case null, default -> new Touched(List.of(), Optional.empty());
    };
  }

  private static List<NetworkPolicy> policies(Optional<KubeObject> old, Optional<KubeObject> now) {
    return Stream.concat(old.stream(), now.stream()).map(NetworkPolicy.class::cast).toList();
  }

  private static Touched byPolicies(List<NetworkPolicy> policies, Question question) {
    Set<Direction> directions = EnumSet.noneOf(Direction.class);
    Set<End> ends = new LinkedHashSet<>();
    for (NetworkPolicy policy : policies) {
      directions.addAll(policy.policyTypes());
      ends.addAll(End.selected(policy.namespace(), policy.podSelector(), question));
    }
    return new Touched(
        ends.stream().map(end -> Moved.still(end, directions)).toList(), Optional.empty());
  }

  /** A namespace's pods mean somebody else to the policies that ask for its labels. */
  private static Touched byLabels(
      String namespace, KubeObject old, KubeObject now, Question question) {
    if (old.meta().labels().equals(now.meta().labels())) {
      return new Touched(List.of(), Optional.empty());
    }
    Set<End> others = new LinkedHashSet<>();
    Stream.concat(
            question.before().policiesAskingFor(old.meta().labels()).stream(),
            question.after().policiesAskingFor(now.meta().labels()).stream())
        .distinct()
        .flatMap(
            policy -> End.selected(policy.namespace(), policy.podSelector(), question).stream())
        .forEach(others::add);
    List<Moved> ends =
        others.isEmpty()
            ? List.of()
            : End.selected(namespace, Selector.EVERYTHING, question, question.before()).stream()
                .map(end -> Moved.still(end, BOTH))
                .toList();
    return new Touched(ends, Optional.of(new ArrayList<>(others)));
  }

  private static Touched byLabels(Pod old, Pod now, Question question) {
    if (old.meta().labels().equals(now.meta().labels())
        || now.spec().hostNetwork()
        || now.finished()) {
      return new Touched(List.of(), Optional.empty());
    }
    Cluster before = question.before();
    Moved moved =
        new Moved(
            End.of(old, before.in(old.namespace())), End.of(now, before.in(now.namespace())), BOTH);
    return new Touched(List.of(moved), Optional.empty());
  }
}
