package io.portcullis.cli.map;

import io.portcullis.cli.map.SvgLayout.Box;
import io.portcullis.net.PortSet;
import io.portcullis.reach.MapPeer;
import io.portcullis.reach.ReachMap;
import io.portcullis.reach.WayIn;
import io.portcullis.text.Plain;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A picture for browsers: a box for each peer, in columns, and an arrow for each connection, with
 * the ports where it ends.
 */
public record MapSvg(TierNames tiers) implements MapFormat {
  private static final int LONGEST = 32;
  private static final int LONGEST_PORTS = 22;

  /** How many different ports are written before a box; all are in the arrows' titles. */
  private static final int MOST_PORTS = 2;

  private static final String ALL = "#bbbbbb";
  private static final String SOME = "#1f6feb";
  private static final String ENTRY = "#1a7f37";

  @Override
  public void write(ReachMap map, PrintWriter out) {
    SvgLayout layout = SvgLayout.of(map, tiers);
    out.println(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">"
            .formatted(layout.width(), layout.height()));
    out.println("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
    for (String colour : new String[] {ALL, SOME, ENTRY}) {
      out.println(
          "<marker id=\"%s\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><polygon points=\"0,0 8,4 0,8\" fill=\"%s\"/></marker>"
              .formatted(colour.substring(1), colour));
    }
    new Arrows(map, layout, out).write();
    headings(layout, out);
    layout.boxes().forEach(box -> box(box, map, out));
    legend(layout, out);
    out.println("</svg>");
  }

  /** The arrows of one picture. */
  private static final class Arrows {
    private final ReachMap map;
    private final PrintWriter out;
    private final Map<String, Box> boxes = new HashMap<>();
    private final Map<Box, Set<String>> ports = new HashMap<>();

    Arrows(ReachMap map, SvgLayout layout, PrintWriter out) {
      this.map = map;
      this.out = out;
      layout.boxes().forEach(box -> boxes.put(key(box.peer() < 0, box.id()), box));
    }

    private static String key(boolean clients, String id) {
      return clients ? "in: " + id : id;
    }

    void write() {
      for (int i = 0; i < map.peers().size(); i++) {
        Box from = box(false, map.peers().get(i).id());
        map.from(i)
            .forEach((to, open) ->
                arrow(
                    from,
                    box(false, map.peers().get(to).id()),
                    open,
                    "",
                    open.isAll() ? ALL : SOME));
      }
      for (WayIn way : map.waysIn()) {
        Box from = box(true, way.from());
        arrow(from, box(false, way.to()), way.ports(), " " + WayText.by(way), ENTRY);
      }
      ports.forEach(this::labels);
    }

    private Box box(boolean clients, String id) {
      Box box = boxes.get(key(clients, id));
      if (box == null) {
        throw new IllegalStateException("no box for " + id);
      }
      return box;
    }

    private void arrow(Box from, Box to, PortSet open, String by, String colour) {
      out.println(
          "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-opacity=\"0.7\" marker-end=\"url(#%s)\"><title>%s</title></path>"
              .formatted(
                  to.place() == from.place() + 1 ? direct(from, to) : below(from, to),
                  colour,
                  colour.substring(1),
                  escaped(from.id() + " -> " + to.id() + " " + open + by)));
      if (!open.isAll()) {
        ports.computeIfAbsent(to, _ -> new LinkedHashSet<>()).add(open.toString());
      }
    }

    /** Through the gap between two columns. */
    private static String direct(Box from, Box to) {
      int half = SvgLayout.BESIDE / 2;
      return "M%d %dC%d %d %d %d %d %d"
          .formatted(
              from.right(),
              from.middle(),
              from.right() + half,
              from.middle(),
              to.x() - half,
              to.middle(),
              to.x(),
              to.middle());
    }

    /** Along the gap below the row that it comes from: no box is in its way. */
    private static String below(Box from, Box to) {
      int lane = from.bottom() + 4 + from.place() % 6 * 3;
      boolean onward = to.place() > from.place();
      int start = onward ? from.right() + 50 : from.right();
      int end = onward ? to.x() - 60 : to.x();
      int turn = onward ? end + 30 : end - 50;
      return "M%d %dC%d %d %d %d %d %dL%d %dC%d %d %d %d %d %d"
          .formatted(
              from.right(),
              from.middle(),
              from.right() + 35,
              from.middle(),
              onward ? from.right() + 15 : from.right() + 35,
              lane,
              start,
              lane,
              end,
              lane,
              turn,
              lane,
              to.x() - 40,
              to.middle(),
              to.x(),
              to.middle());
    }

    private void labels(Box to, Set<String> different) {
      int y = to.middle() - 4;
      int left = MOST_PORTS;
      for (String each : different) {
        String shown = left > 0 ? Plain.cut(each, LONGEST_PORTS) : "...";
        out.println(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" font-size=\"10\" fill=\"#0a3069\" stroke=\"white\" stroke-width=\"3\" paint-order=\"stroke\">%s</text>"
                .formatted(to.x() - 10, y, escaped(shown)));
        if (left-- == 0) {
          return;
        }
        y -= 11;
      }
    }
  }

  private static void headings(SvgLayout layout, PrintWriter out) {
    Set<String> told = new HashSet<>();
    for (Box box : layout.boxes()) {
      if (told.add(box.column())) {
        text(box.x(), box.y() - 10, "#555555", box.column(), out);
      }
    }
  }

  private static void box(Box box, ReachMap map, PrintWriter out) {
    out.println(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\" fill=\"#f6f8fa\" stroke=\"%s\"><title>%s</title></rect>"
            .formatted(
                box.x(),
                box.y(),
                SvgLayout.BOX_WIDTH,
                SvgLayout.BOX_HEIGHT,
                box.peer() < 0 ? ENTRY : "#57606a",
                escaped(box.id())));
    if (box.peer() < 0) {
      lines(box, first(box.id()), "through a Service", out);
      return;
    }
    switch (map.peers().get(box.peer())) {
      case MapPeer.Pods pods ->
          lines(box, pods.name(), pods.party().kind() + " in " + pods.party().namespace(), out);
      case MapPeer.Ranges ranges -> lines(box, first(box.id()), more(ranges), out);
      case MapPeer.IngressController _ -> lines(box, box.id(), "by Ingresses and routes", out);
    }
  }

  private static String first(String ranges) {
    int end = ranges.indexOf(',');
    return end < 0 ? ranges : ranges.substring(0, end) + ", ...";
  }

  private static String more(MapPeer.Ranges ranges) {
    int others = ranges.ranges().size() - 1;
    return others == 0 ? "addresses" : "and %d more ranges".formatted(others);
  }

  private static void lines(Box box, String upper, String lower, PrintWriter out) {
    text(box.x() + 8, box.y() + 18, "#000000", upper, out);
    text(box.x() + 8, box.y() + 35, "#57606a", lower, out);
  }

  private static void legend(SvgLayout layout, PrintWriter out) {
    int x = layout.boxes().isEmpty() ? 0 : layout.boxes().getFirst().x();
    int y = layout.height() - 10;
    text(x, y, "#8c959f", "grey: all ports", out);
    text(x + 110, y, SOME, "blue: some ports", out);
    text(x + 230, y, ENTRY, "green: through a Service", out);
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
