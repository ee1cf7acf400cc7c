package io.portcullis.rules;

import io.portcullis.cluster.Cluster;
import io.portcullis.reach.Clause;
import io.portcullis.reach.Endpoint;
import io.portcullis.reach.Isolation;
import io.portcullis.reach.PeerMatcher;
import io.portcullis.reach.Reach;
import io.portcullis.reach.Stance;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whom it concerns that policies say something else over a pod: of all others nothing is asked, as
 * nothing can have changed with them.
 *
 * @param everybody whether it concerns all, as where pods are isolated that were not
 * @param peers else those whom a clause means that is new or gone
 * @param takes whether something may be closed that was open
 */
record Concern(boolean everybody, Set<PeerMatcher> peers, boolean takes) {
  private static final Concern ALL = new Concern(true, Set.of(), true);

  /** Of an end; a relabelled one means somebody else to policies that do not change. */
  static Concern of(Touched.Moved moved, Question question) {
    return question.isOfPolicy() ? of(moved, question.reachBefore(), question.reachAfter()) : ALL;
  }

  /** Of an end over which policies change. */
  static Concern of(Touched.Moved moved, Reach before, Reach after) {
    return moved.directions().stream()
        .map(direction ->
            of(
                before.stance(moved.before().endpoint(), direction),
                after.stance(moved.after().endpoint(), direction)))
        .reduce(new Concern(false, Set.of(), false), Concern::plus);
  }

  private static Concern of(Stance before, Stance after) {
    if (!before.admin().equals(after.admin()) || !before.baseline().equals(after.baseline())) {
      return ALL;
    }
    return switch (before.isolation()) {
      case Isolation.Open _ ->
          after.isolation() instanceof Isolation.Open ? new Concern(false, Set.of(), false) : ALL;
      case Isolation.Isolated was ->
          switch (after.isolation()) {
            // Where no policy isolates the baseline is asked, which may refuse.
            case Isolation.Open _ -> new Concern(true, Set.of(), !after.baseline().isEmpty());
            case Isolation.Isolated is -> of(said(was.allows()), said(is.allows()));
          };
    };
  }

  private static Concern of(Set<Clause> before, Set<Clause> after) {
    Set<PeerMatcher> peers =
        Stream.concat(
                before.stream().filter(each -> !after.contains(each)),
                after.stream().filter(each -> !before.contains(each)))
            .map(Clause::matcher)
            .collect(Collectors.toSet());
    boolean everybody = peers.stream().anyMatch(PeerMatcher.Everybody.class::isInstance);
    return new Concern(everybody, everybody ? Set.of() : peers, !after.containsAll(before));
  }

  private static Set<Clause> said(List<Clause> clauses) {
    return clauses.stream().map(Clause::anywhere).collect(Collectors.toSet());
  }

  Concern plus(Concern other) {
    boolean all = everybody || other.everybody;
    Set<PeerMatcher> both = new HashSet<>(peers);
    both.addAll(other.peers);
    return new Concern(all, all ? Set.of() : both, takes || other.takes);
  }

  /** Whether it concerns a pod of the picture after the change. */
  boolean isWith(Endpoint other, Cluster picture) {
    return everybody
        || peers.stream().anyMatch(peer -> peer.matches(other, picture::namespaceLabels));
  }

  /** The names of the namespaces with pods that it may concern, in no order. */
  Stream<String> namespaces(Question question) {
    return everybody
        ? question.after().namespaces().keySet().stream()
        : peers.stream().flatMap(peer -> namespaces(peer, question).stream()).distinct();
  }

  private static Collection<String> namespaces(PeerMatcher peer, Question question) {
    return switch (peer) {
      case PeerMatcher.Everybody _ -> question.after().namespaces().keySet();
      case PeerMatcher.PodsHere here -> List.of(here.namespace());
      case PeerMatcher.PodsOf of ->
          End.namespaces(of.namespaceSelector(), of.podSelector(), question);
      // Of pods in the picture no address is kept.
      case PeerMatcher.Addresses _, PeerMatcher.Nobody _ -> List.of();
    };
  }
}
