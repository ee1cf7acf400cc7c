package io.portcullis.reach;

import io.portcullis.net.PortSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What one map has and the other lacks.
 *
 * @param gained ports that are open now and were not; those of a peer that was not there too
 * @param lost ports that were open and are not
 * @param peersGained workloads that were not there
 * @param peersLost workloads that are gone
 * @param entriesGained what Services lead in from outside and did not
 * @param entriesLost what they led in and do not
 */
public record ReachDiff(
    List<Shift> gained,
    List<Shift> lost,
    List<MapPeer> peersGained,
    List<MapPeer> peersLost,
    List<WayIn> entriesGained,
    List<WayIn> entriesLost) {
  /** Ports of one connection. The ends are ids. */
  public record Shift(String from, String to, PortSet ports) {}

  public ReachDiff {
    gained = List.copyOf(gained);
    lost = List.copyOf(lost);
    peersGained = List.copyOf(peersGained);
    peersLost = List.copyOf(peersLost);
    entriesGained = List.copyOf(entriesGained);
    entriesLost = List.copyOf(entriesLost);
  }

  /** The difference between two scenes. */
  public static ReachDiff between(Scene before, Scene now) {
    List<ReachMap> maps = ReachMap.aligned(List.of(before, now));
    Side old = new Side(maps.getFirst());
    Side fresh = new Side(maps.getLast());
    return new ReachDiff(
        fresh.beyond(old),
        old.beyond(fresh),
        fresh.podsBeyond(old),
        old.podsBeyond(fresh),
        fresh.ways.beyond(old.ways).list(),
        old.ways.beyond(fresh.ways).list());
  }

  public boolean isEmpty() {
    return Stream.of(gained, lost, peersGained, peersLost, entriesGained, entriesLost)
        .allMatch(List::isEmpty);
  }

  /** One of the maps, with its peers by id. */
  private static final class Side {
    private final ReachMap map;
    private final WaysIn ways;
    private final Map<String, Integer> places = new LinkedHashMap<>();

    Side(ReachMap map) {
      this.map = map;
      this.ways = map.ways();
      map.peers().forEach(peer -> places.put(peer.id(), places.size()));
    }

    List<MapPeer> podsBeyond(Side other) {
      return map.peers().stream()
          .filter(MapPeer.Pods.class::isInstance)
          .filter(peer -> !other.places.containsKey(peer.id()))
          .toList();
    }

    /** The ports that this has open and the other has not. */
    List<Shift> beyond(Side other) {
      List<Shift> more = new ArrayList<>();
      places.forEach((id, place) -> {
        Map<String, PortSet> there = other.from(id);
        map.from(place)
            .forEach((to, ports) -> {
              String peer = map.peers().get(to).id();
              PortSet only = ports.minus(there.getOrDefault(peer, PortSet.NONE));
              if (!only.isEmpty()) {
                more.add(new Shift(id, peer, only));
              }
            });
      });
      return more;
    }

    private Map<String, PortSet> from(String id) {
      Map<String, PortSet> found = new HashMap<>();
      Integer place = places.get(id);
      if (place != null) {
        map.from(place).forEach((to, ports) -> found.put(map.peers().get(to).id(), ports));
      }
      return found;
    }
  }
}
