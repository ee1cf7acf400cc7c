package io.portcullis.rules;

import io.portcullis.finding.Operation;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.net.Cidr;
import io.portcullis.net.Labels;
import io.portcullis.net.PortSet;
import io.portcullis.net.Selector;
import io.portcullis.reach.Connection;
import io.portcullis.reach.Endpoint;
import io.portcullis.reach.Outside;
import io.portcullis.reach.Peer;
import io.portcullis.reach.Reach;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The ways from one end to another that a change takes away or opens. Asks each pair of what is
 * touched and of its counterparts, the nearest first, and no more pairs than fit into a request's
 * time. For one thread.
 */
final class Ways {
  static final String TIER = "tier ";
  private static final String WORLD = "the world";
  private static final String INGRESS = "ingress controllers";

  /** A pair takes about a microsecond. */
  private static final int MOST_PAIRS = 50_000;

  /** Where an Ingress controller that nobody names stands. */
  private static final Endpoint CONTROLLER =
      new Endpoint("ingress-controller", Labels.EMPTY, List.of(), false, List.of());

  /** Somewhere that is nobody's. Source: RFC 5737, TEST-NET-1. */
  static final Outside ANYWHERE = new Outside(Cidr.parse("192.0.2.1/32").range());

  /**
   * A way that changes.
   *
   * @param from who may send, as sentences have it
   * @param fromPlace the sender's tier, or else its namespace
   * @param after what policies say of it then
   */
  record Way(
      String from,
      String to,
      String fromPlace,
      String toPlace,
      PortSet cut,
      PortSet opened,
      Connection after) {
    Way with(PortSet leftCut, PortSet leftOpened) {
      return new Way(from, to, fromPlace, toPlace, leftCut, leftOpened, after);
    }

    /** Whether it leads to another namespace, or from outside, and no tiers say what is near. */
    boolean isFar() {
      boolean tiered = fromPlace.startsWith(TIER) && toPlace.startsWith(TIER);
      return !tiered && !fromPlace.equals(toPlace) && !isFromOutside();
    }

    /** Whether both its ends are in one declared tier of one namespace. */
    boolean isWithinTier() {
      return fromPlace.startsWith(TIER)
          && fromPlace.equals(toPlace)
          && namespace(from).equals(namespace(to));
    }

    private static String namespace(String path) {
      return path.substring(0, path.indexOf('/') + 1);
    }

    /** Whether it leads from one declared tier to another. */
    boolean isBetweenTiers() {
      return fromPlace.startsWith(TIER) && toPlace.startsWith(TIER) && !fromPlace.equals(toPlace);
    }

    boolean isFromOutside() {
      return fromPlace.equals(WORLD) || fromPlace.equals(INGRESS);
    }

    private Way plus(Way other) {
      return new Way(
          from,
          to,
          fromPlace,
          toPlace,
          cut.union(other.cut),
          opened.union(other.opened).minus(cut.union(other.cut)),
          cut.isEmpty() ? other.after : after);
    }
  }

  /** Who sends. */
  private record Sender(String name, String place, Peer before, Peer after) {}

  private final Question question;
  private final Served served;
  private final Reach before;
  private final Reach after;
  private final PodPlaces places;
  private final IdentityHashMap<End, String> paths = new IdentityHashMap<>();
  private final IdentityHashMap<End, String> tiers = new IdentityHashMap<>();
  private final IdentityHashMap<End, PortSet> ports = new IdentityHashMap<>();
  private final Map<List<String>, Way> found = new LinkedHashMap<>();
  private int asked;

  Ways(Question question, Served served) {
    this.question = question;
    this.served = served;
    this.before = question.reachBefore();
    this.after = question.reachAfter();
    this.places = PodPlaces.in(question);
  }

  /** The ways of what is touched that change. */
  List<Way> changed(Touched touched) {
    List<Touched.Moved> ends = touched.ends();
    if (ends.isEmpty()) {
      return List.of();
    }
    for (Touched.Moved moved : ends) {
      if (moved.directions().contains(Direction.INGRESS)) {
        entries(moved);
      }
    }
    Map<Concern, List<Touched.Moved>> concerned =
        ends.stream()
            .collect(
                Collectors.groupingBy(
                    moved -> Concern.of(moved, question), LinkedHashMap::new, Collectors.toList()));
    for (End other : others(touched, ends.getFirst().before().namespace(), concerned.keySet())) {
      for (Map.Entry<Concern, List<Touched.Moved>> each : concerned.entrySet()) {
        if (each.getKey().isWith(other.endpoint(), question.after())) {
          each.getValue().forEach(moved -> pair(moved, other));
        }
      }
      if (asked >= MOST_PAIRS) {
        break;
      }
    }
    return List.copyOf(found.values());
  }

  /** Counterparts, those of the same namespace first; of DNS another rule speaks. */
  private List<End> others(Touched touched, String own, Set<Concern> concerns) {
    if (touched.others().isPresent()) {
      return touched.others().get();
    }
    List<End> all = new ArrayList<>();
    concerns.stream()
        .flatMap(concern -> concern.namespaces(question))
        .distinct()
        .filter(name -> !question.settings().isExempt(name))
        .filter(name -> !name.equals(question.settings().dns().namespace()))
        .sorted(
            Comparator.comparing((String name) -> !name.equals(own)).thenComparing(name -> name))
        .takeWhile(_ -> all.size() < MOST_PAIRS)
        .forEach(name -> all.addAll(End.selected(name, Selector.EVERYTHING, question)));
    return all;
  }

  private void pair(Touched.Moved moved, End other) {
    if (moved.before().namespace().equals(other.namespace())
        && (moved.before().endpoint().equals(other.endpoint())
            || moved.after().endpoint().equals(other.endpoint())
            || path(moved.before()).equals(path(other)))) {
      return;
    }
    if (moved.directions().contains(Direction.INGRESS)) {
      Sender sender = new Sender(path(other), place(other), other.endpoint(), other.endpoint());
      ask(sender, moved, ports(moved.before()));
    }
    if (moved.directions().contains(Direction.EGRESS) && isNear(moved.before(), other)) {
      Sender sender =
          new Sender(
              path(moved.before()),
              place(moved.before()),
              moved.before().endpoint(),
              moved.after().endpoint());
      ask(sender, Touched.Moved.still(other, moved.directions()), ports(other));
    }
  }

  /**
   * What a new policy keeps pods from sending would be to each Service of the cluster: only those
   * of their namespace and of other tiers are likely to be called.
   */
  private boolean isNear(End end, End other) {
    return question.change().operation() != Operation.CREATE
        || end.namespace().equals(other.namespace())
        || (place(end).startsWith(TIER) && place(other).startsWith(TIER));
  }

  /** What is new touches only what somebody is sent to; else all that is known to listen. */
  private PortSet ports(End receiver) {
    return ports.computeIfAbsent(receiver, this::findPorts);
  }

  private PortSet findPorts(End receiver) {
    return question.change().operation() == Operation.CREATE
        ? served.ports(receiver, Served.By.SERVICE)
        : served.listens(receiver);
  }

  /** Those who come from outside: by Services that are open there, and by Ingresses. */
  private void entries(Touched.Moved moved) {
    ask(
        new Sender("world", WORLD, ANYWHERE, ANYWHERE),
        moved,
        served.ports(moved.before(), Served.By.WORLD));
    PortSet routed = served.ports(moved.before(), Served.By.INGRESS);
    PortSet had = Flows.fromAfar(before, moved.before()).intersection(routed);
    PortSet has = Flows.fromAfar(after, moved.after()).intersection(routed);
    note(new Sender("ingress-controller", INGRESS, CONTROLLER, CONTROLLER), moved, had, has);
  }

  private void ask(Sender sender, Touched.Moved receiver, PortSet ports) {
    if (ports.isEmpty()) {
      return;
    }
    asked++;
    PortSet had = before.open(sender.before(), receiver.before().endpoint()).intersection(ports);
    PortSet has = after.open(sender.after(), receiver.after().endpoint()).intersection(ports);
    note(sender, receiver, had, has.union(perhaps(sender, receiver, had.minus(has))));
  }

  /** What seems to be cut and may be open still, by a block that the pods' addresses are in. */
  private PortSet perhaps(Sender sender, Touched.Moved receiver, PortSet cut) {
    return cut.isEmpty() || !(sender.after() instanceof Endpoint pod)
        ? PortSet.NONE
        : after.perhaps(pod, receiver.after().endpoint(), places::mayHold).intersection(cut);
  }

  private void note(Sender sender, Touched.Moved receiver, PortSet had, PortSet has) {
    if (!had.equals(has)) {
      Connection then = after.between(sender.after(), receiver.after().endpoint());
      Way way =
          new Way(
              sender.name(),
              path(receiver.before()),
              sender.place(),
              place(receiver.before()),
              had.minus(has),
              has.minus(had),
              then);
      found.merge(List.of(way.from(), way.to()), way, Way::plus);
    }
  }

  private String path(End end) {
    return paths.computeIfAbsent(end, End::path);
  }

  private String place(End end) {
    return tiers.computeIfAbsent(end, this::findPlace);
  }

  private String findPlace(End end) {
    return end.tier(question.settings().tiers())
        .map(tier -> TIER + tier)
        .orElse("namespace " + end.namespace());
  }
}
