package io.portcullis.cli.map;

import io.portcullis.reach.MapPeer;
import io.portcullis.settings.Tiers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the boxes of a map stand, in pixels. In columns from left to right: what is outside, then
 * the tiers in the order of their flows and whoever is in none, or, where no tiers are declared,
 * the namespaces.
 */
record SvgLayout(List<Box> boxes, int width, int height) {
  static final int BOX_WIDTH = 260;
  static final int BOX_HEIGHT = 44;

  private static final int MARGIN = 24;
  private static final int HEADING = 28;
  private static final int BESIDE = 140;
  private static final int BELOW = 16;

  /**
   * A peer's box.
   *
   * @param peer its place in the map
   * @param x of its left edge
   * @param y of its upper edge
   */
  record Box(int peer, int x, int y, String column) {
    int right() {
      return x + BOX_WIDTH;
    }

    int middle() {
      return y + BOX_HEIGHT / 2;
    }
  }

  static SvgLayout of(List<MapPeer> peers, TierNames tiers) {
    Map<String, List<Integer>> columns = new LinkedHashMap<>();
    columns.put("outside", new ArrayList<>());
    if (tiers.tiers().declared()) {
      inOrder(tiers.tiers()).forEach(tier -> columns.put(tier, new ArrayList<>()));
    }
    for (int i = 0; i < peers.size(); i++) {
      columns.computeIfAbsent(column(peers.get(i), tiers), _ -> new ArrayList<>()).add(i);
    }
    columns.values().removeIf(List::isEmpty);
    List<Box> boxes = new ArrayList<>();
    int x = MARGIN;
    int tallest = 0;
    for (Map.Entry<String, List<Integer>> column : columns.entrySet()) {
      int y = MARGIN + HEADING;
      for (int peer : column.getValue()) {
        boxes.add(new Box(peer, x, y, column.getKey()));
        y += BOX_HEIGHT + BELOW;
      }
      tallest = Math.max(tallest, y);
      x += BOX_WIDTH + BESIDE;
    }
    return new SvgLayout(boxes, x - BESIDE + MARGIN, tallest + MARGIN);
  }

  private static String column(MapPeer peer, TierNames tiers) {
    return switch (peer) {
      case MapPeer.Ranges _, MapPeer.IngressController _ -> "outside";
      case MapPeer.Pods pods ->
          tiers.tiers().declared() ? tiers.of(peer).orElse("in no tier") : pods.party().namespace();
    };
  }

  /** A tier before those that it may connect to, as far as flows are written so. */
  private static List<String> inOrder(Tiers tiers) {
    List<String> order = new ArrayList<>();
    for (Tiers.Flow flow : tiers.flows()) {
      for (String end : List.of(flow.from(), flow.to())) {
        if (tiers.names().contains(end) && !order.contains(end)) {
          order.add(end);
        }
      }
    }
    tiers.names().stream().filter(name -> !order.contains(name)).forEach(order::add);
    return order;
  }
}
