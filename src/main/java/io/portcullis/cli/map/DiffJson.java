package io.portcullis.cli.map;

import com.fasterxml.jackson.core.JsonGenerator;
import io.portcullis.reach.ReachDiff;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** {@code {"gained": [...], "lost": [...], "peersGained": [...], "peersLost": [...]}}. */
public record DiffJson(TierNames tiers) implements DiffFormat {
  @Override
  public void write(ReachDiff diff, PrintWriter out) {
    Json.write(
        out,
        json -> {
          json.writeStartObject();
          shifts("gained", diff.gained(), json);
          shifts("lost", diff.lost(), json);
          Json.peers("peersGained", diff.peersGained(), tiers, json);
          Json.peers("peersLost", diff.peersLost(), tiers, json);
          Json.entries("entriesGained", diff.entriesGained(), json);
          Json.entries("entriesLost", diff.entriesLost(), json);
          json.writeEndObject();
        });
  }

  private static void shifts(String name, List<ReachDiff.Shift> shifts, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (ReachDiff.Shift shift : shifts) {
      Json.connection(shift.from(), shift.to(), shift.ports(), json);
    }
    json.writeEndArray();
  }
}
