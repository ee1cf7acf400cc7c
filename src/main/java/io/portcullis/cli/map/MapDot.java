package io.portcullis.cli.map;

import io.portcullis.reach.MapPeer;
import io.portcullis.reach.ReachMap;
import io.portcullis.reach.WayIn;
import java.io.PrintWriter;
import java.util.List;

/**
 * For Graphviz: namespaces are clusters, peers nodes, connections edges with their ports; clients
 * outside that Services lead in are ellipses.
 */
public record MapDot(TierNames tiers) implements MapFormat {
  @Override
  public void write(ReachMap map, PrintWriter out) {
    out.println("digraph portcullis {");
    out.println("  rankdir=LR;");
    out.println("  node [shape=box];");
    String namespace = "";
    for (MapPeer peer : map.peers()) {
      String own = peer instanceof MapPeer.Pods pods ? pods.party().namespace() : "";
      if (!own.equals(namespace)) {
        closed(namespace, out);
        opened(own, out);
        namespace = own;
      }
      node(peer, out);
    }
    closed(namespace, out);
    for (int i = 0; i < map.peers().size(); i++) {
      String from = quoted(map.peers().get(i).id());
      map.from(i)
          .forEach((to, ports) -> {
            String other = quoted(map.peers().get(to).id());
            out.println("  %s -> %s [label=%s];".formatted(from, other, quoted(ports.toString())));
          });
    }
    ways(map.waysIn(), out);
    out.println("}");
  }

  private static void ways(List<WayIn> ways, PrintWriter out) {
    ways.stream()
        .map(WayIn::from)
        .distinct()
        .forEach(from -> out.println("  %s [shape=ellipse];".formatted(quoted("in: " + from))));
    for (WayIn way : ways) {
      out.println(
          "  %s -> %s [style=bold, label=%s];"
              .formatted(
                  quoted("in: " + way.from()),
                  quoted(way.to()),
                  quoted(way.ports() + "\\n" + WayText.by(way))));
    }
  }

  private static void opened(String namespace, PrintWriter out) {
    if (!namespace.isEmpty()) {
      out.println("  subgraph %s {".formatted(quoted("cluster_" + namespace)));
      out.println("  label=%s;".formatted(quoted(namespace)));
    }
  }

  private static void closed(String namespace, PrintWriter out) {
    if (!namespace.isEmpty()) {
      out.println("  }");
    }
  }

  private void node(MapPeer peer, PrintWriter out) {
    String label =
        switch (peer) {
          case MapPeer.Pods pods ->
              pods.party().kind()
                  + "/"
                  + pods.name()
                  + tiers.of(peer).map("\\n"::concat).orElse("");
          case MapPeer.Ranges _, MapPeer.IngressController _ -> peer.id().replace(",", "\\n");
        };
    out.println("  %s [label=%s];".formatted(quoted(peer.id()), quoted(label)));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\\\"") + '"';
  }
}
