package io.portcullis.cli.map;

import io.portcullis.cli.map.SvgLayout.Box;
import io.portcullis.net.PortSet;
import io.portcullis.reach.MapPeer;
import io.portcullis.reach.ReachMap;
import io.portcullis.text.Plain;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A picture for browsers: a box for each peer, in columns, and a line for each connection. */
public record MapSvg(TierNames tiers) implements MapFormat {
  private static final int LONGEST = 36;
  private static final int BEND = 90;

  @Override
  public void write(ReachMap map, PrintWriter out) {
    SvgLayout layout = SvgLayout.of(map.peers(), tiers);
    out.println(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">"
            .formatted(layout.width(), layout.height()));
    out.println("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
    Map<Integer, Box> boxes = new TreeMap<>();
    layout.boxes().forEach(box -> boxes.put(box.peer(), box));
    boxes.forEach((peer, from) ->
        map.from(peer)
            .forEach((other, ports) -> {
              Box to = boxes.get(other);
              if (to != null) {
                line(from, to, ports, out);
              }
            }));
    headings(layout, out);
    layout.boxes().forEach(box -> box(box, map.peers().get(box.peer()), out));
    out.println("</svg>");
  }

  /** To the right through the gap between the columns, else back around below. */
  private static void line(Box from, Box to, PortSet ports, PrintWriter out) {
    boolean onward = to.x() > from.x();
    int end = onward ? to.x() : to.right();
    out.println(
        "<path d=\"M%d %dC%d %d %d %d %d %d\" fill=\"none\" stroke=\"%s\" stroke-opacity=\"0.6\"><title>%s</title></path>"
            .formatted(
                from.right(),
                from.middle(),
                from.right() + BEND,
                from.middle(),
                onward ? end - BEND : end + BEND,
                to.middle(),
                end,
                to.middle(),
                ports.isAll() ? "#bbbbbb" : "#1f6feb",
                escaped(ports.toString())));
  }

  private static void headings(SvgLayout layout, PrintWriter out) {
    Set<String> told = new HashSet<>();
    for (Box box : layout.boxes()) {
      if (told.add(box.column())) {
        text(box.x(), box.y() - 10, "#555555", box.column(), out);
      }
    }
  }

  private static void box(Box box, MapPeer peer, PrintWriter out) {
    out.println(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\" fill=\"#f6f8fa\" stroke=\"#57606a\"><title>%s</title></rect>"
            .formatted(
                box.x(), box.y(), SvgLayout.BOX_WIDTH, SvgLayout.BOX_HEIGHT, escaped(peer.id())));
    switch (peer) {
      case MapPeer.Pods pods -> {
        text(box.x() + 8, box.y() + 18, "#000000", pods.name(), out);
        text(
            box.x() + 8,
            box.y() + 35,
            "#57606a",
            pods.party().kind() + " in " + pods.party().namespace(),
            out);
      }
      case MapPeer.Ranges _, MapPeer.IngressController _ ->
          text(box.x() + 8, box.middle() + 4, "#000000", peer.id(), out);
    }
  }

  private static void text(int x, int y, String colour, String text, PrintWriter out) {
    out.println(
        "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>"
            .formatted(x, y, colour, escaped(Plain.cut(Plain.oneLine(text), LONGEST))));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
