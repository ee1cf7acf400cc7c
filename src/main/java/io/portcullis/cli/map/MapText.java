package io.portcullis.cli.map;

import io.portcullis.net.PortSet;
import io.portcullis.reach.MapPeer;
import io.portcullis.reach.ReachMap;
import io.portcullis.reach.WayIn;
import io.portcullis.text.Plain;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/**
 * For people: each peer with those that it may connect to below it, its ports in a column; whoever
 * may connect to nobody is named once at the end, and then what Services lead in from outside.
 */
public record MapText(TierNames tiers) implements MapFormat {
  private static final String STEP = "  ";

  @Override
  public void write(ReachMap map, PrintWriter out) {
    List<MapPeer> peers = map.peers();
    StringBuilder silent = new StringBuilder();
    for (int i = 0; i < peers.size(); i++) {
      Map<Integer, PortSet> connections = map.from(i);
      if (!connections.isEmpty()) {
        block(peers.get(i), connections, peers, out);
      } else if (peers.get(i) instanceof MapPeer.Pods) {
        silent.append(STEP).append(shown(peers.get(i))).append('\n');
      }
    }
    if (!silent.isEmpty()) {
      out.println("to nobody:");
      out.print(silent);
    }
    List<WayIn> ways = map.waysIn();
    if (!ways.isEmpty()) {
      out.println("ways in from outside:");
      ways.forEach(way -> out.println(STEP + WayText.line(way)));
    }
  }

  private void block(
      MapPeer from, Map<Integer, PortSet> connections, List<MapPeer> peers, PrintWriter out) {
    out.println(shown(from));
    int width =
        connections.keySet().stream().mapToInt(to -> shown(peers.get(to)).length()).max().orElse(0);
    connections.forEach((to, ports) -> {
      String name = shown(peers.get(to));
      out.println(STEP + "-> " + name + " ".repeat(width - name.length()) + STEP + ports);
    });
  }

  private String shown(MapPeer peer) {
    String tier = tiers.of(peer).map(" [%s]"::formatted).orElse("");
    return Plain.oneLine(peer.id()) + tier;
  }
}
