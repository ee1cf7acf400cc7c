package io.portcullis.rules;

import io.portcullis.finding.Finding;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.net.PortSet;
import io.portcullis.net.Selector;
import io.portcullis.reach.Clause;
import io.portcullis.reach.Connection;
import io.portcullis.reach.PeerMatcher;
import io.portcullis.reach.Reach;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One rule of a policy, and whether it opens connections of which the other end is closed, each and
 * every one. Whoever is no pod may be meant by blocks and by rules without peers: of these nothing
 * is said.
 *
 * @param clauses the rule's peers, at least one
 */
record OneSided(
    NetworkPolicy policy,
    Direction direction,
    List<Clause> clauses,
    Reach reach,
    Question question) {
  /** A rule with more pairs than that is taken to work. */
  private static final int MOST_PAIRS = 10_000;

  /** A connection that the rule opens, and whose other end is closed. */
  private record Closed(End sender, End receiver, PortSet ports) {}

  /** The finding, if nothing that the rule opens comes to be. */
  Optional<Finding> finding(String id) {
    List<End> own = End.selected(policy.namespace(), policy.podSelector(), question);
    PodPlaces places = PodPlaces.in(question);
    Optional<Closed> first = Optional.empty();
    int asked = 0;
    for (Clause clause : clauses) {
      Optional<Set<End>> peers = pods(clause.matcher());
      if (peers.isEmpty()) {
        return Optional.empty();
      }
      for (End peer : peers.get()) {
        for (End self : own) {
          Closed pair = pair(clause, self, peer);
          if (++asked > MOST_PAIRS || isOpenAtTheOther(pair, places)) {
            return Optional.empty();
          }
          // Of one pod alone the other is itself, and that is never closed.
          boolean counts = !pair.ports().isEmpty() && !self.endpoint().equals(peer.endpoint());
          first = first.isEmpty() && counts ? Optional.of(pair) : first;
        }
      }
    }
    return first.map(pair -> finding(id, pair));
  }

  /** Whom a peer means; empty where it may mean somebody who is no pod. */
  private Optional<Set<End>> pods(PeerMatcher matcher) {
    return switch (matcher) {
      case PeerMatcher.PodsHere here ->
          Optional.of(in(List.of(here.namespace()), here.podSelector()));
      case PeerMatcher.PodsOf of ->
          Optional.of(
              in(question.after().namespacesMatching(of.namespaceSelector()), of.podSelector()));
      case PeerMatcher.Everybody _, PeerMatcher.Addresses _, PeerMatcher.Nobody _ ->
          Optional.empty();
    };
  }

  private Set<End> in(List<String> namespaces, Selector pods) {
    Set<End> ends = new LinkedHashSet<>();
    List<String> sorted = new ArrayList<>(namespaces);
    sorted.sort(null);
    for (String namespace : sorted) {
      if (ends.size() <= MOST_PAIRS) {
        ends.addAll(End.selected(namespace, pods, question));
      }
    }
    return ends;
  }

  /** A pair with the ports that the policies over the rule's own end leave open of the rule's. */
  private Closed pair(Clause clause, End self, End peer) {
    boolean in = direction == Direction.INGRESS;
    End sender = in ? peer : self;
    End receiver = in ? self : peer;
    Connection connection = reach.between(sender.endpoint(), receiver.endpoint());
    PortSet own = in ? connection.ingress().open() : connection.egress().open();
    PortSet ports = clause.portsOn(Optional.of(receiver.endpoint())).intersection(own);
    return new Closed(sender, receiver, ports);
  }

  private boolean isOpenAtTheOther(Closed pair, PodPlaces places) {
    return !pair.ports().isEmpty()
        && !reach
            .perhaps(pair.sender().endpoint(), pair.receiver().endpoint(), places::mayHold)
            .intersection(pair.ports())
            .isEmpty();
  }

  private Direction opposite() {
    return direction == Direction.INGRESS ? Direction.EGRESS : Direction.INGRESS;
  }

  private Finding finding(String id, Closed pair) {
    boolean in = direction == Direction.INGRESS;
    String message =
        "%s -> %s %s is let %s, but not %s at the other end: %s."
            .formatted(
                pair.sender().path(),
                pair.receiver().path(),
                pair.ports(),
                in ? "in" : "out",
                in ? "out" : "in",
                new ConnectionFindings(id, question, reach)
                    .closed(
                        reach.between(pair.sender().endpoint(), pair.receiver().endpoint()),
                        pair.ports(),
                        opposite()));
    FieldPath path =
        FieldPath.of("spec", in ? "ingress" : "egress").index(clauses.getFirst().rule());
    return Finding.suspicion(id, question.ref(), path, message)
        .fix(
            "open %s at %s too, or take this rule away."
                .formatted(pair.ports(), in ? pair.sender().path() : pair.receiver().path()));
  }
}
