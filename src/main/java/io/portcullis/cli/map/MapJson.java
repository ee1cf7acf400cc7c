package io.portcullis.cli.map;

import io.portcullis.net.PortSet;
import io.portcullis.reach.MapPeer;
import io.portcullis.reach.ReachMap;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/**
 * {@code {"peers": [...], "connections": [...], "entries": [...]}}, an element a line; without
 * entries where no Service leads in from outside.
 */
public record MapJson(TierNames tiers) implements MapFormat {
  @Override
  public void write(ReachMap map, PrintWriter out) {
    List<MapPeer> peers = map.peers();
    List<String> ids = peers.stream().map(MapPeer::id).toList();
    Json.write(
        out,
        json -> {
          json.writeStartObject();
          Json.peers("peers", peers, tiers, json);
          json.writeArrayFieldStart("connections");
          for (int i = 0; i < ids.size(); i++) {
            for (Map.Entry<Integer, PortSet> each : map.from(i).entrySet()) {
              Json.connection(ids.get(i), ids.get(each.getKey()), each.getValue(), json);
            }
          }
          json.writeEndArray();
          Json.entries("entries", map.waysIn(), json);
          json.writeEndObject();
        });
  }
}
