package io.portcullis.cli.map;

import io.portcullis.net.PortRange;
import io.portcullis.net.PortSet;
import io.portcullis.net.Protocol;
import io.portcullis.reach.ReachMap;
import io.portcullis.reach.WayIn;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A line for each connection and protocol: {@code from,to,protocol,ports,service,through}, the
 * ports with spaces between. The last two say by which Service, and by what means, clients come in
 * from outside; they are empty where it is what policies leave open. Source: RFC 4180.
 */
public record MapCsv() implements MapFormat {
  @Override
  public void write(ReachMap map, PrintWriter out) {
    out.println("from,to,protocol,ports,service,through");
    for (int i = 0; i < map.peers().size(); i++) {
      String from = map.peers().get(i).id();
      map.from(i).forEach((to, ports) -> lines(from, map.peers().get(to).id(), ports, ",", out));
    }
    for (WayIn way : map.waysIn()) {
      String by = way.service() + "," + String.join(" ", way.through());
      lines(way.from(), way.to(), way.ports(), by, out);
    }
  }

  private static void lines(String from, String to, PortSet ports, String by, PrintWriter out) {
    for (Protocol protocol : Protocol.values()) {
      List<PortRange> ranges = ports.ranges(protocol);
      if (!ranges.isEmpty()) {
        String runs = ranges.stream().map(PortRange::toString).collect(Collectors.joining(" "));
        out.println(String.join(",", quoted(from), quoted(to), protocol.name(), runs, by));
      }
    }
  }

  /** Ranges have commas between; no id has a quote. */
  private static String quoted(String id) {
    return id.contains(",") ? '"' + id + '"' : id;
  }
}
