package io.portcullis.rules;

import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.net.Labels;
import io.portcullis.net.PortSet;
import io.portcullis.net.Selector;
import io.portcullis.reach.Isolation;
import io.portcullis.reach.PeerMatcher;
import io.portcullis.reach.Reach;
import io.portcullis.settings.Tiers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which declared flows a change takes from whom. A flow says that some of one tier may speak with
 * some of another: finer policies are right, so it is cut for a workload only when nobody is left
 * at its other end. For one thread.
 */
final class Flows {
  /** What has more counterparts than that is not asked to the end, and nothing is said of it. */
  private static final int MOST_PAIRS = 100_000;

  private static final String WORLD = "world";

  /**
   * A flow that is cut.
   *
   * @param end whose, as it was
   * @param other the first with whom; empty: the world
   */
  record Cut(Tiers.Flow flow, Direction direction, End end, Optional<End> other, PortSet ports) {
    End sender() {
      return direction == Direction.EGRESS ? end : other.orElse(end);
    }

    End receiver() {
      return direction == Direction.INGRESS ? end : other.orElse(end);
    }
  }

  private final Question question;
  private final Served served;
  private final Reach before;
  private final Reach after;
  private final PodPlaces places;
  private final Map<String, List<End>> byTier = new HashMap<>();
  private int asked;

  Flows(Question question, Served served) {
    this.question = question;
    this.served = served;
    this.before = question.reachBefore();
    this.after = question.reachAfter();
    this.places = PodPlaces.in(question);
  }

  /** The flows that are cut for what is touched. */
  List<Cut> cut(Touched touched) {
    List<Cut> cuts = new ArrayList<>();
    List<Touched.Moved> losing =
        touched.ends().stream().filter(moved -> Concern.of(moved, question).takes()).toList();
    for (Tiers.Flow flow : question.settings().tiers().flows()) {
      for (Touched.Moved moved : losing) {
        for (Direction direction : moved.directions()) {
          cut(flow, moved, direction).ifPresent(cuts::add);
        }
      }
    }
    return cuts;
  }

  private Optional<Cut> cut(Tiers.Flow flow, Touched.Moved moved, Direction direction) {
    String own = direction == Direction.INGRESS ? flow.to() : flow.from();
    String others = direction == Direction.INGRESS ? flow.from() : flow.to();
    if (moved.before().tier(question.settings().tiers()).filter(own::equals).isEmpty()) {
      return Optional.empty();
    }
    if (direction == Direction.INGRESS && others.equals(WORLD)) {
      return cutFromWorld(flow, moved);
    }
    Optional<End> first = Optional.empty();
    PortSet lost = PortSet.NONE;
    for (End other : in(others)) {
      if (++asked > MOST_PAIRS) {
        return Optional.empty();
      }
      if (!other.equals(moved.before())) {
        PortSet had = open(flow, before, moved.before(), other, direction);
        if (mayBeOpen(flow, moved.after(), other, direction)) {
          return Optional.empty();
        }
        first = first.isEmpty() && !had.isEmpty() ? Optional.of(other) : first;
        lost = lost.union(had);
      }
    }
    return lost.isEmpty()
        ? Optional.empty()
        : Optional.of(new Cut(flow, direction, moved.before(), first, lost));
  }

  private PortSet open(Tiers.Flow flow, Reach reach, End end, End other, Direction direction) {
    End sender = direction == Direction.EGRESS ? end : other;
    End receiver = direction == Direction.EGRESS ? other : end;
    PortSet ports = flow.portSet().intersection(served.listens(receiver));
    return ports.isEmpty()
        ? ports
        : reach.open(sender.endpoint(), receiver.endpoint()).intersection(ports);
  }

  /** Whether it is open after the change, perhaps by a block that the pods' addresses are in. */
  private boolean mayBeOpen(Tiers.Flow flow, End end, End other, Direction direction) {
    End sender = direction == Direction.EGRESS ? end : other;
    End receiver = direction == Direction.EGRESS ? other : end;
    PortSet ports = flow.portSet().intersection(served.listens(receiver));
    return !ports.isEmpty()
        && !after
            .perhaps(sender.endpoint(), receiver.endpoint(), places::mayHold)
            .intersection(ports)
            .isEmpty();
  }

  /** The world comes by addresses, and by controllers that may be pods of any other namespace. */
  private Optional<Cut> cutFromWorld(Tiers.Flow flow, Touched.Moved moved) {
    PortSet ports = flow.portSet().intersection(served.listens(moved.before()));
    PortSet had = fromAfar(before, moved.before()).intersection(ports);
    PortSet has = fromAfar(after, moved.after()).intersection(ports);
    return had.isEmpty() || !has.isEmpty()
        ? Optional.empty()
        : Optional.of(new Cut(flow, Direction.INGRESS, moved.before(), Optional.empty(), had));
  }

  /** The ports that are open to somebody who is no pod of the same namespace. */
  static PortSet fromAfar(Reach reach, End end) {
    return switch (reach.stance(end.endpoint(), Direction.INGRESS).isolation()) {
      case Isolation.Open _ -> PortSet.ALL;
      case Isolation.Isolated isolated ->
          isolated.allows().stream()
              .filter(clause -> !(clause.matcher() instanceof PeerMatcher.PodsHere))
              .map(clause -> clause.portsOn(Optional.of(end.endpoint())))
              .reduce(PortSet.NONE, PortSet::union);
    };
  }

  private List<End> in(String tier) {
    return byTier.computeIfAbsent(
        tier,
        _ -> {
          Selector selector = Selector.of(Labels.of(question.settings().tiers().label(), tier));
          return End.everywhere(selector, question).toList();
        });
  }
}
