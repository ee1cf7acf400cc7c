package io.portcullis.reach;

import io.portcullis.net.AddressRange;
import io.portcullis.net.PortSet;
import io.portcullis.reach.Opening.Means;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The ways into a cluster by its Services, cell by cell of the address space, so that those of two
 * pictures can be compared.
 *
 * <p>Which address a policy sees is for {@code externalTrafficPolicy} to say: with {@code Local}
 * the client's. With {@code Cluster} it may be that of the node that the client came to, or still
 * the client's where that node has the pod: what either opens counts as open.
 */
final class WaysIn {
  private static final Comparator<Way> ORDER =
      Comparator.comparing(Way::to).thenComparing(Way::service).thenComparing(Way::means);

  private final List<AddressRange> cells;
  private final List<AddressRange> nodes;
  private final Policies policies;

  /** The ports that are open to clients of each cell. */
  private final Map<Way, List<PortSet>> ways = new TreeMap<>(ORDER);

  /** By what one comes where. The ends are ids. */
  private record Way(String to, String service, Means means) {}

  /** What policies leave open. */
  interface Policies {
    /** From a cell of the address space to a pod. */
    PortSet open(int cell, Endpoint pod);
  }

  /**
   * Of a picture.
   *
   * @param nodes addresses of nodes, as far as they are known
   */
  WaysIn(List<AddressRange> cells, List<AddressRange> nodes, Policies policies) {
    this.cells = cells;
    this.nodes = nodes;
    this.policies = policies;
  }

  /**
   * Adds what leads to a peer.
   *
   * @param to its id
   */
  void add(Opening opening, String to, Collection<Endpoint> pods) {
    List<PortSet> open = new ArrayList<>();
    for (int cell = 0; cell < cells.size(); cell++) {
      open.add(PortSet.NONE);
    }
    for (Endpoint pod : pods) {
      PortSet led = opening.led(pod);
      if (!led.isEmpty()) {
        PortSet byNodes = opening.preserving() ? PortSet.NONE : byNodes(pod);
        clients(opening)
            .forEach(cell -> {
              PortSet passed = policies.open(cell, pod).union(byNodes).intersection(led);
              open.set(cell, open.get(cell).union(passed));
            });
      }
    }
    if (!open.stream().allMatch(PortSet::isEmpty)) {
      ways.put(new Way(to, opening.id(), opening.means()), open);
    }
  }

  private PortSet byNodes(Endpoint pod) {
    return IntStream.range(0, cells.size())
        .filter(cell -> nodes.stream().anyMatch(cells.get(cell)::overlaps))
        .mapToObj(cell -> policies.open(cell, pod))
        .reduce(PortSet.NONE, PortSet::union);
  }

  private IntStream clients(Opening opening) {
    return IntStream.range(0, cells.size())
        .filter(cell ->
            opening.clients().isEmpty()
                || opening.clients().stream().anyMatch(cells.get(cell)::overlaps));
  }

  /** What this has and the other, over the same cells, has not. */
  WaysIn beyond(WaysIn other) {
    WaysIn more = new WaysIn(cells, nodes, policies);
    ways.forEach((way, open) -> {
      List<PortSet> there = other.ways.getOrDefault(way, List.of());
      List<PortSet> only =
          IntStream.range(0, cells.size())
              .mapToObj(
                  cell -> there.isEmpty() ? open.get(cell) : open.get(cell).minus(there.get(cell)))
              .toList();
      if (!only.stream().allMatch(PortSet::isEmpty)) {
        more.ways.put(way, only);
      }
    });
    return more;
  }

  /** All, by where they lead; means that do the same are told at once. */
  List<WayIn> list() {
    return list(WayIn.WORLD, _ -> true);
  }

  /**
   * Those of some clients.
   *
   * @param all the name of all cells of theirs
   */
  List<WayIn> list(String all, IntPredicate clients) {
    int[] theirs = IntStream.range(0, cells.size()).filter(clients).toArray();
    Map<WayIn, List<String>> through = new LinkedHashMap<>();
    ways.forEach((way, open) ->
        byPorts(open, theirs)
            .forEach((ports, at) -> {
              String from = at.size() == theirs.length ? all : name(at);
              WayIn one = new WayIn(from, way.to(), ports, way.service(), List.of());
              through.computeIfAbsent(one, _ -> new ArrayList<>()).add(way.means().text());
            }));
    return through.entrySet().stream()
        .map(each -> {
          WayIn one = each.getKey();
          return new WayIn(one.from(), one.to(), one.ports(), one.service(), each.getValue());
        })
        .toList();
  }

  private static Map<PortSet, List<Integer>> byPorts(List<PortSet> open, int... cells) {
    Map<PortSet, List<Integer>> places = new LinkedHashMap<>();
    for (int cell : cells) {
      if (!open.get(cell).isEmpty()) {
        places.computeIfAbsent(open.get(cell), _ -> new ArrayList<>()).add(cell);
      }
    }
    return places;
  }

  private String name(List<Integer> at) {
    return new MapPeer.Ranges(AddressSpace.joined(at, cells)).id();
  }
}
