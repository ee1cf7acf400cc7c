package io.portcullis.reach;

import io.portcullis.kube.ClusterPolicy.Action;
import io.portcullis.kube.FieldPath;
import io.portcullis.net.AddressRange;
import io.portcullis.net.PortSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Why one end reaches another, or does not.
 *
 * @param allowed ports that are open between some of the pods or addresses of both ends
 * @param blocked ports that are closed between some of them; with one pod at each end no port is in
 *     both
 * @param entries what leads from outside to the other end; empty where the first end is inside
 * @param hints what the reader may have meant, a sentence each
 */
public record Explanation(
    String from,
    String to,
    PortSet allowed,
    PortSet blocked,
    Side egress,
    Side ingress,
    Optional<List<WayIn>> entries,
    List<String> hints) {
  public Explanation {
    entries = entries.map(List::copyOf);
    hints = List.copyOf(hints);
  }

  /**
   * What the policies over one end say.
   *
   * @param isolatedBy NetworkPolicies that select it
   * @param allowedBy rules that let some of the ports pass in this direction
   * @param deniedBy rules of the admin or baseline tier that close some of them
   */
  public record Side(List<PolicyRef> isolatedBy, List<Ruling> allowedBy, List<Ruling> deniedBy) {
    public Side {
      isolatedBy = List.copyOf(isolatedBy);
      allowedBy = List.copyOf(allowedBy);
      deniedBy = List.copyOf(deniedBy);
    }
  }

  /** A rule that decided, and about which ports. */
  public record Ruling(PolicyRef policy, FieldPath path, PortSet ports) {}

  /**
   * One end.
   *
   * @param id as it is shown
   * @param peers what it stands for
   * @param single whether that is one pod
   */
  public record End(String id, List<Peer> peers, boolean single) {
    public End {
      peers = List.copyOf(peers);
    }

    public End(String id, List<Peer> peers) {
      this(id, peers, false);
    }

    /** All addresses that no pod has: IPv6 only where a policy names it, as in the map. */
    public static End world(Reach reach) {
      return new End(
          "world",
          AddressSpace.cutAt(new AllPolicies(reach).ranges()).cells().stream()
              .<Peer>map(Outside::new)
              .toList());
    }

    /** The controllers behind entries whose own pods are not in the picture. */
    public static End ingressController() {
      return new End(MapPeer.IngressController.ID, List.of(World.CONTROLLER));
    }
  }

  /** This where the source comes only to these ports. */
  public Explanation limitedTo(PortSet led) {
    return new Explanation(
        from,
        to,
        allowed.intersection(led),
        blocked.union(allowed.minus(led)),
        egress,
        ingress,
        entries,
        hints);
  }

  /** This of a connection from outside. */
  public Explanation entering(List<WayIn> ways) {
    return new Explanation(from, to, allowed, blocked, egress, ingress, Optional.of(ways), hints);
  }

  /** This with more hints for the reader. */
  public Explanation hinting(List<String> told) {
    List<String> all = Stream.concat(hints.stream(), told.stream()).toList();
    return new Explanation(from, to, allowed, blocked, egress, ingress, entries, all);
  }

  /** This of a pod and itself. Source: Network Policies, "what you can't do". */
  private Explanation ofItself() {
    return new Explanation(
        from,
        to,
        allowed.union(blocked),
        PortSet.NONE,
        egress,
        ingress,
        entries,
        List.of("a pod always reaches itself: no policy can close that"));
  }

  /**
   * Explains.
   *
   * @param asked the ports of each of the other end that the question is about: a name may stand
   *     for another number on each pod
   */
  public static Explanation of(Reach reach, End from, End to, Function<Peer, PortSet> asked) {
    AddressSpace space = AddressSpace.cutAt(ranges(reach, from, to));
    PortSet allowed = PortSet.NONE;
    PortSet blocked = PortSet.NONE;
    List<Said> egress = new ArrayList<>();
    List<Said> ingress = new ArrayList<>();
    for (Peer source : cut(from.peers(), space)) {
      for (Peer target : cut(to.peers(), space)) {
        Connection connection = reach.between(source, target);
        PortSet ports = asked.apply(target);
        allowed = allowed.union(connection.open().intersection(ports));
        blocked = blocked.union(ports.minus(connection.open()));
        egress.add(new Said(connection.egress(), ports));
        ingress.add(new Said(connection.ingress(), ports));
      }
    }
    Explanation explanation =
        new Explanation(
            from.id(),
            to.id(),
            allowed,
            blocked,
            side(egress),
            side(ingress),
            Optional.empty(),
            List.of());
    return from.single() && from.equals(to) ? explanation.ofItself() : explanation;
  }

  private static List<AddressRange> ranges(Reach reach, End from, End to) {
    List<AddressRange> ranges = new ArrayList<>(new AllPolicies(reach).ranges());
    for (End end : List.of(from, to)) {
      for (Peer peer : end.peers()) {
        if (peer instanceof Outside outside) {
          ranges.add(outside.range());
        }
      }
    }
    return ranges;
  }

  private static List<Peer> cut(List<Peer> peers, AddressSpace space) {
    Set<Peer> all = new LinkedHashSet<>();
    for (Peer peer : peers) {
      switch (peer) {
        case Endpoint pod -> all.add(pod);
        case Outside outside ->
            space
                .cellsOf(outside.range())
                .forEach(cell -> all.add(new Outside(space.cells().get(cell))));
      }
    }
    return List.copyOf(all);
  }

  /** What was said at one end, and the ports that the question was about. */
  private record Said(Verdict verdict, PortSet asked) {}

  private static Side side(List<Said> all) {
    return new Side(
        all.stream()
            .flatMap(said -> said.verdict().isolatedBy().stream())
            .distinct()
            .sorted(Comparator.comparing(PolicyRef::toString))
            .toList(),
        rulings(all, Action.ACCEPT),
        rulings(all, Action.DENY));
  }

  /** Each rule once, with all its ports, in the order in which it was first met. */
  private static List<Ruling> rulings(List<Said> all, Action action) {
    Map<Ruling, PortSet> found = new LinkedHashMap<>();
    for (Said said : all) {
      for (Verdict.Reason reason : said.verdict().reasons(action)) {
        PortSet ports = reason.ports().intersection(said.asked());
        if (!ports.isEmpty()) {
          Clause clause = reason.clause();
          Ruling key = new Ruling(clause.policy(), clause.path(), PortSet.NONE);
          found.merge(key, ports, PortSet::union);
        }
      }
    }
    return found.entrySet().stream()
        .map(each -> new Ruling(each.getKey().policy(), each.getKey().path(), each.getValue()))
        .toList();
  }
}
