package io.portcullis.cli.map;

import io.portcullis.reach.MapPeer;
import io.portcullis.reach.ReachDiff;
import io.portcullis.text.Plain;
import java.io.PrintWriter;
import java.util.List;

/** For people: what is lost with a minus before it, what is gained with a plus. */
public record DiffText() implements DiffFormat {
  @Override
  public void write(ReachDiff diff, PrintWriter out) {
    peers("- ", diff.peersLost(), out);
    peers("+ ", diff.peersGained(), out);
    shifts("- ", diff.lost(), out);
    shifts("+ ", diff.gained(), out);
    diff.entriesLost().forEach(way -> out.println("- " + WayText.line(way)));
    diff.entriesGained().forEach(way -> out.println("+ " + WayText.line(way)));
    if (diff.isEmpty()) {
      out.println("no difference");
    }
  }

  private static void peers(String sign, List<MapPeer> peers, PrintWriter out) {
    peers.forEach(peer -> out.println(sign + Plain.oneLine(peer.id())));
  }

  private static void shifts(String sign, List<ReachDiff.Shift> shifts, PrintWriter out) {
    shifts.forEach(shift ->
        out.println(
            sign + Plain.oneLine(shift.from() + " -> " + shift.to()) + "  " + shift.ports()));
  }
}
