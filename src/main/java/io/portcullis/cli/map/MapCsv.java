package io.portcullis.cli.map;

import io.portcullis.net.PortRange;
import io.portcullis.net.Protocol;
import io.portcullis.reach.ReachMap;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A line for each connection and protocol: {@code from,to,protocol,ports}, the ports with spaces
 * between. Source: RFC 4180.
 */
public record MapCsv() implements MapFormat {
  @Override
  public void write(ReachMap map, PrintWriter out) {
    out.println("from,to,protocol,ports");
    for (int i = 0; i < map.peers().size(); i++) {
      String from = quoted(map.peers().get(i).id());
      map.from(i)
          .forEach((to, ports) -> {
            for (Protocol protocol : Protocol.values()) {
              List<PortRange> ranges = ports.ranges(protocol);
              if (!ranges.isEmpty()) {
                String runs =
                    ranges.stream().map(PortRange::toString).collect(Collectors.joining(" "));
                String other = quoted(map.peers().get(to).id());
                out.println(String.join(",", from, other, protocol.name(), runs));
              }
            }
          });
    }
  }

  /** Ranges have commas between; no id has a quote. */
  private static String quoted(String id) {
    return id.contains(",") ? '"' + id + '"' : id;
  }
}
