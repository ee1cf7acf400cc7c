package io.portcullis.cli.map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.portcullis.net.AddressRange;
import io.portcullis.net.PortRange;
import io.portcullis.net.PortSet;
import io.portcullis.net.Protocol;
import io.portcullis.reach.MapPeer;
import io.portcullis.reach.WayIn;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Peers, ports and connections as JSON, written field by field. */
final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  /** Writes one value. */
  interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private Json() {}

  static void write(PrintWriter out, Body body) {
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.setPrettyPrinter(new LinePrinter());
      body.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println();
  }

  /** A list of peers under a name. */
  static void peers(String name, List<MapPeer> peers, TierNames tiers, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (MapPeer peer : peers) {
      peer(peer, tiers, json);
    }
    json.writeEndArray();
  }

  private static void peer(MapPeer peer, TierNames tiers, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", peer.id());
    switch (peer) {
      case MapPeer.Pods pods -> {
        json.writeStringField("namespace", pods.party().namespace());
        json.writeStringField("kind", pods.party().kind());
        json.writeStringField("name", pods.name());
        Optional<String> tier = tiers.of(peer);
        if (tier.isPresent()) {
          json.writeStringField("tier", tier.get());
        }
      }
      case MapPeer.Ranges ranges -> {
        json.writeArrayFieldStart("ranges");
        for (AddressRange range : ranges.ranges()) {
          json.writeString(range.toString());
        }
        json.writeEndArray();
      }
      case MapPeer.IngressController _ -> {}
    }
    json.writeEndObject();
  }

  static void connection(String from, String to, PortSet ports, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("from", from);
    json.writeStringField("to", to);
    ports("ports", ports, json);
    json.writeEndObject();
  }

  /** What Services lead in from outside, under a name; nothing where there is none. */
  static void entries(String name, List<WayIn> ways, JsonGenerator json) throws IOException {
    if (ways.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart(name);
    for (WayIn way : ways) {
      json.writeStartObject();
      json.writeStringField("from", way.from());
      json.writeStringField("to", way.to());
      ports("ports", way.ports(), json);
      json.writeStringField("service", way.service());
      json.writeArrayFieldStart("through");
      for (String means : way.through()) {
        json.writeString(means);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** {@code {"TCP": ["80", "8000-8010"]}}. */
  static void ports(String name, PortSet ports, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(name);
    for (Protocol protocol : Protocol.values()) {
      List<PortRange> ranges = ports.ranges(protocol);
      if (!ranges.isEmpty()) {
        json.writeArrayFieldStart(protocol.name());
        for (PortRange range : ranges) {
          json.writeString(range.toString());
        }
        json.writeEndArray();
      }
    }
    json.writeEndObject();
  }
}
