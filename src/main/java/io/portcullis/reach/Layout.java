package io.portcullis.reach;

import io.portcullis.net.Address;
import io.portcullis.net.AddressRange;
import io.portcullis.net.PortSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How peers are shown, for one map or for several that are compared: as few as tell all that any of
 * them tells apart.
 *
 * @param apart the ids of the workloads whose pods are shown one by one
 * @param groups cells of the address space that are one peer, by their places
 */
record Layout(Set<String> apart, List<List<Integer>> groups) {
  /** Whatever must be equal for two cells to be one peer. */
  private record Heard(Address.Family family, List<List<PortSet>> byWorld) {}

  /** All worlds have the same address space. */
  static Layout of(List<World> worlds) {
    Set<String> apart = new HashSet<>();
    for (World world : worlds) {
      world.scene().parties().stream().filter(world::isApart).map(Party::id).forEach(apart::add);
    }
    Map<List<Integer>, Heard> known = new LinkedHashMap<>();
    Map<Heard, List<Integer>> groups = new LinkedHashMap<>();
    List<AddressRange> cells = worlds.getFirst().cells();
    for (int cell = 0; cell < cells.size(); cell++) {
      int at = cell;
      List<Integer> classes =
          worlds.stream().map(world -> world.classes().classOfCell(at)).toList();
      Heard heard =
          known.computeIfAbsent(
              classes, _ -> heard(worlds, classes, cells.get(at).first().family()));
      groups.computeIfAbsent(heard, _ -> new ArrayList<>()).add(cell);
    }
    return new Layout(apart, List.copyOf(groups.values()));
  }

  private static Heard heard(List<World> worlds, List<Integer> classes, Address.Family family) {
    List<List<PortSet>> byWorld = new ArrayList<>();
    for (int i = 0; i < worlds.size(); i++) {
      byWorld.add(worlds.get(i).matrix().heard(classes.get(i)));
    }
    return new Heard(family, byWorld);
  }

  /** The peers of one of the worlds: workloads by id, then addresses, then the controllers. */
  List<MapPeer> peers(World world) {
    List<MapPeer> peers = new ArrayList<>();
    for (Party party : world.scene().parties()) {
      if (apart.contains(party.id())) {
        party
            .members()
            .forEach(member -> peers.add(new MapPeer.Pods(party, member.name(), List.of(member))));
      } else {
        peers.add(new MapPeer.Pods(party, party.name(), party.members()));
      }
    }
    groups.forEach(
        group -> peers.add(new MapPeer.Ranges(AddressSpace.joined(group, world.cells()))));
    if (world.scene().isEntered()) {
      peers.add(new MapPeer.IngressController());
    }
    return peers;
  }
}
