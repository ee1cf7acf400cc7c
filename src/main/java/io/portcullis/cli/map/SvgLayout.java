package io.portcullis.cli.map;

import io.portcullis.reach.MapPeer;
import io.portcullis.reach.ReachMap;
import io.portcullis.reach.WayIn;
import io.portcullis.settings.Tiers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the boxes of a map stand, in pixels: in rows that all columns share, so that lines between
 * columns that are far apart run below a row and through no box. Columns from left to right: what
 * is outside, then the tiers in the order of their flows and whoever is in none, or, where no tiers
 * are declared, the namespaces, those that connect to others before those that are connected to.
 */
record SvgLayout(List<Box> boxes, int width, int height) {
  static final int BOX_WIDTH = 260;
  static final int BOX_HEIGHT = 44;

  /** Between two columns. */
  static final int BESIDE = 170;

  /** Between two rows. */
  static final int BELOW = 24;

  private static final int MARGIN = 24;
  private static final int SIDE = 70;
  private static final int HEADING = 28;
  private static final int LEGEND = 24;
  private static final String OUTSIDE = "outside";

  /**
   * A box.
   *
   * @param id of the peer, or the clients that a Service leads in
   * @param peer its place in the map; negative for clients
   * @param x of its left edge
   * @param y of its upper edge
   * @param place of its column, from 0
   */
  record Box(String id, int peer, int x, int y, String column, int place) {
    int right() {
      return x + BOX_WIDTH;
    }

    int bottom() {
      return y + BOX_HEIGHT;
    }

    int middle() {
      return y + BOX_HEIGHT / 2;
    }
  }

  static SvgLayout of(ReachMap map, TierNames tiers) {
    Map<String, List<Integer>> columns = new LinkedHashMap<>();
    order(map, tiers).forEach(name -> columns.put(name, new ArrayList<>()));
    List<String> clients = map.waysIn().stream().map(WayIn::from).distinct().toList();
    for (int i = 0; i < clients.size(); i++) {
      columns.computeIfAbsent(OUTSIDE, _ -> new ArrayList<>()).add(-1 - i);
    }
    for (int i = 0; i < map.peers().size(); i++) {
      columns.computeIfAbsent(column(map.peers().get(i), tiers), _ -> new ArrayList<>()).add(i);
    }
    columns.values().removeIf(List::isEmpty);
    List<Box> boxes = new ArrayList<>();
    int x = SIDE;
    int tallest = 0;
    int place = 0;
    for (Map.Entry<String, List<Integer>> column : columns.entrySet()) {
      int y = MARGIN + HEADING;
      for (int peer : column.getValue()) {
        String id = peer < 0 ? clients.get(-1 - peer) : map.peers().get(peer).id();
        boxes.add(new Box(id, peer, x, y, column.getKey(), place));
        y += BOX_HEIGHT + BELOW;
      }
      tallest = Math.max(tallest, y);
      x += BOX_WIDTH + BESIDE;
      place++;
    }
    return new SvgLayout(boxes, x - BESIDE + SIDE, tallest + LEGEND);
  }

  private static List<String> order(ReachMap map, TierNames tiers) {
    List<String> order = new ArrayList<>(List.of(OUTSIDE));
    order.addAll(tiers.tiers().declared() ? inOrder(tiers.tiers()) : byConnections(map, tiers));
    return order;
  }

  private static String column(MapPeer peer, TierNames tiers) {
    return switch (peer) {
      case MapPeer.Ranges _, MapPeer.IngressController _ -> OUTSIDE;
      case MapPeer.Pods pods ->
          tiers.tiers().declared() ? tiers.of(peer).orElse("in no tier") : pods.party().namespace();
    };
  }

  /** By how much more they connect to other namespaces than those to them. */
  private static List<String> byConnections(ReachMap map, TierNames tiers) {
    Map<String, Integer> more = new HashMap<>();
    List<String> columns = map.peers().stream().map(peer -> column(peer, tiers)).toList();
    for (int i = 0; i < columns.size(); i++) {
      String from = columns.get(i);
      more.putIfAbsent(from, 0);
      for (int to : map.from(i).keySet()) {
        boolean inside = !from.equals(OUTSIDE) && !columns.get(to).equals(OUTSIDE);
        if (inside && !from.equals(columns.get(to))) {
          more.merge(from, 1, Integer::sum);
          more.merge(columns.get(to), -1, Integer::sum);
        }
      }
    }
    more.remove(OUTSIDE);
    return more.keySet().stream()
        .sorted(
            Comparator.comparingInt((String name) -> -more.getOrDefault(name, 0))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
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
