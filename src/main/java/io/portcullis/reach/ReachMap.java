package io.portcullis.reach;

import io.portcullis.net.AddressRange;
import io.portcullis.net.PortSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who can connect to whom in a whole picture, peer by peer. What is asked of one peer costs the
 * connections that it has.
 */
public final class ReachMap {
  private final World world;
  private final List<MapPeer> peers;

  /** The class of each peer; of several with equal answers, one. */
  private final int[] classes;

  /** By class, the places of the peers that stand for it. */
  private final Map<Integer, List<Integer>> standing = new TreeMap<>();

  private ReachMap(World world, Layout layout) {
    this.world = world;
    this.peers = List.copyOf(layout.peers(world));
    this.classes = new int[peers.size()];
    for (int i = 0, range = 0; i < classes.length; i++) {
      classes[i] =
          switch (peers.get(i)) {
            case MapPeer.Pods pods -> world.classOf(pods.members().getFirst().endpoint());
            case MapPeer.Ranges _ ->
                world.classes().classOfCell(layout.groups().get(range++).getFirst());
            case MapPeer.IngressController _ -> world.classOf(World.CONTROLLER);
          };
      if (!(peers.get(i) instanceof MapPeer.IngressController)) {
        standing.computeIfAbsent(classes[i], _ -> new ArrayList<>()).add(i);
      }
    }
  }

  /** The map of a scene. */
  public static ReachMap of(Scene scene) {
    return aligned(List.of(scene)).getFirst();
  }

  /**
   * Maps that can be compared: a peer's id means the same in each of them, and addresses are cut in
   * one way.
   */
  public static List<ReachMap> aligned(List<Scene> scenes) {
    List<AddressRange> ranges = scenes.stream().flatMap(scene -> scene.cuts().stream()).toList();
    AddressSpace space = AddressSpace.cutAt(ranges);
    List<World> worlds = scenes.stream().map(scene -> World.of(scene, space)).toList();
    Layout layout = Layout.of(worlds);
    return worlds.stream().map(world -> new ReachMap(world, layout)).toList();
  }

  /** Workloads by id, then addresses ascending, then the controllers behind entries if any. */
  public List<MapPeer> peers() {
    return peers;
  }

  /**
   * The connections from a peer, by the other's place in {@link #peers()}; none without an open
   * port, none within a workload and none from addresses to addresses.
   */
  public Map<Integer, PortSet> from(int peer) {
    return switch (peers.get(peer)) {
      case MapPeer.IngressController _ -> entering();
      case MapPeer.Pods _, MapPeer.Ranges _ -> passing(peer);
    };
  }

  /** What Services lead from outside to workloads, as far as policy lets it through. */
  public List<WayIn> waysIn() {
    return ways().list();
  }

  /** The same, to be compared with that of an aligned map. */
  WaysIn ways() {
    Classes all = world.classes();
    WaysIn ways =
        new WaysIn(
            world.cells(),
            world.scene().nodes(),
            (cell, pod) -> world.matrix().open(all.classOfCell(cell), all.classOf(pod)));
    for (MapPeer peer : peers) {
      if (peer instanceof MapPeer.Pods pods) {
        for (Opening opening : world.scene().openings(pods.party().namespace())) {
          ways.add(opening, peer.id(), unlike(pods, opening));
        }
      }
    }
    return ways;
  }

  /** One of the pods that policies and a Service take for equal. */
  private Collection<Endpoint> unlike(MapPeer.Pods peer, Opening opening) {
    record Seen(int one, PortSet led) {}
    Map<Seen, Endpoint> pods = new LinkedHashMap<>();
    for (Party.Member member : peer.members()) {
      Endpoint pod = member.endpoint();
      pods.putIfAbsent(new Seen(world.classOf(pod), opening.led(pod)), pod);
    }
    return pods.values();
  }

  private Map<Integer, PortSet> passing(int peer) {
    Map<Integer, PortSet> found = new TreeMap<>();
    world
        .matrix()
        .towards(classes[peer])
        .forEach(other -> {
          List<Integer> there = standing.getOrDefault(other, List.of());
          PortSet open = there.isEmpty() ? PortSet.NONE : world.matrix().open(classes[peer], other);
          if (!open.isEmpty()) {
            there.stream()
                .filter(each -> isShown(peer, each))
                .forEach(each -> found.put(each, open));
          }
        });
    return found;
  }

  private boolean isShown(int from, int to) {
    return switch (peers.get(from)) {
      case MapPeer.Pods pods ->
          !(peers.get(to) instanceof MapPeer.Pods others
              && others.party().id().equals(pods.party().id()));
      case MapPeer.Ranges _, MapPeer.IngressController _ -> peers.get(to) instanceof MapPeer.Pods;
    };
  }

  /** What entries lead to and policy lets through. */
  private Map<Integer, PortSet> entering() {
    Map<Integer, PortSet> found = new TreeMap<>();
    for (int i = 0; i < classes.length; i++) {
      if (peers.get(i) instanceof MapPeer.Pods pods) {
        PortSet open =
            pods.members().stream()
                .map(Party.Member::endpoint)
                .map(this::entering)
                .reduce(PortSet.NONE, PortSet::union);
        if (!open.isEmpty()) {
          found.put(i, open);
        }
      }
    }
    return found;
  }

  private PortSet entering(Endpoint pod) {
    PortSet led = world.scene().led(pod);
    return led.isEmpty()
        ? led
        : led.intersection(
            world.matrix().open(world.classOf(World.CONTROLLER), world.classOf(pod)));
  }
}
