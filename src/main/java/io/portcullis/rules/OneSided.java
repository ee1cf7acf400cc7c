package io.portcullis.rules;

import io.portcullis.finding.Finding;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.net.PortSet;
import io.portcullis.reach.Clause;
import io.portcullis.reach.Connection;
import io.portcullis.reach.PeerMatcher;
import io.portcullis.reach.Verdict;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One rule of a policy, and whether it opens connections of which the other end is closed, each and
 * every one. Whoever is no pod may be meant by blocks and by rules without peers: of these nothing
 * is said.
 *
 * @param own whom the policy selects
 * @param clauses the rule's peers, at least one
 */
record OneSided(List<End> own, Direction direction, List<Clause> clauses, Question question) {
  /** A rule with more pairs than that is taken to work. */
  private static final int MOST_PAIRS = 10_000;

  /** A connection that the rule opens, and whose other end is closed. */
  private record Closed(End sender, End receiver, PortSet ports) {}

  /** The finding, if nothing that the rule opens comes to be. */
  Optional<Finding> finding(String id) {
    PodPlaces places = PodPlaces.in(question);
    Optional<Closed> first = Optional.empty();
    int asked = 0;
    for (Clause clause : clauses) {
      Optional<Stream<End>> meant = meant(clause.matcher());
      if (meant.isEmpty()) {
        return Optional.empty();
      }
      Iterator<End> peers = meant.get().iterator();
      while (peers.hasNext()) {
        End peer = peers.next();
        for (End self : own) {
          boolean in = direction == Direction.INGRESS;
          End sender = in ? peer : self;
          End receiver = in ? self : peer;
          PortSet ports = clause.portsOn(Optional.of(receiver.endpoint()));
          if (++asked > MOST_PAIRS || isOpen(sender, receiver, ports, places)) {
            return Optional.empty();
          }
          first = first.or(() -> closed(sender, receiver, ports));
        }
      }
    }
    return first.map(pair -> finding(id, pair));
  }

  /** Whom a peer means; empty where it may mean somebody who is no pod. */
  private Optional<Stream<End>> meant(PeerMatcher matcher) {
    return switch (matcher) {
      case PeerMatcher.PodsHere here ->
          Optional.of(End.selected(here.namespace(), here.podSelector(), question).stream());
      case PeerMatcher.PodsOf of ->
          Optional.of(End.everywhere(of.namespaceSelector(), of.podSelector(), question));
      case PeerMatcher.Everybody _, PeerMatcher.Addresses _, PeerMatcher.Nobody _ ->
          Optional.empty();
    };
  }

  private boolean isOpen(End sender, End receiver, PortSet ports, PodPlaces places) {
    return !question
        .reachAfter()
        .perhaps(sender.endpoint(), receiver.endpoint(), places::mayHold)
        .intersection(ports)
        .isEmpty();
  }

  /**
   * A pair with the ports that the policies over the rule's own end leave open of the rule's. Of
   * one pod alone the other is itself, and that is never closed.
   */
  private Optional<Closed> closed(End sender, End receiver, PortSet ports) {
    if (sender.endpoint().equals(receiver.endpoint())) {
      return Optional.empty();
    }
    Connection connection = question.reachAfter().between(sender.endpoint(), receiver.endpoint());
    Verdict own = direction == Direction.INGRESS ? connection.ingress() : connection.egress();
    PortSet left = ports.intersection(own.open());
    return left.isEmpty() ? Optional.empty() : Optional.of(new Closed(sender, receiver, left));
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
                new ConnectionFindings(id, question)
                    .closed(
                        question
                            .reachAfter()
                            .between(pair.sender().endpoint(), pair.receiver().endpoint()),
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
