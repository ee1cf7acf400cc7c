package io.portcullis.cli.map;

import com.fasterxml.jackson.core.JsonGenerator;
import io.portcullis.reach.Explanation;
import io.portcullis.reach.PolicyRef;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** An explanation as one object. */
public record ExplanationJson() implements ExplanationFormat {
  @Override
  public void write(Explanation explanation, PrintWriter out) {
    Json.write(
        out,
        json -> {
          json.writeStartObject();
          json.writeStringField("from", explanation.from());
          json.writeStringField("to", explanation.to());
          Json.ports("allowed", explanation.allowed(), json);
          Json.ports("blocked", explanation.blocked(), json);
          side("egress", explanation.egress(), json);
          side("ingress", explanation.ingress(), json);
          Json.entries("entries", explanation.entries().orElse(List.of()), json);
          hints(explanation.hints(), json);
          json.writeEndObject();
        });
  }

  private static void hints(List<String> hints, JsonGenerator json) throws IOException {
    if (!hints.isEmpty()) {
      json.writeArrayFieldStart("hints");
      for (String hint : hints) {
        json.writeString(hint);
      }
      json.writeEndArray();
    }
  }

  private static void side(String name, Explanation.Side side, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeArrayFieldStart("isolatedBy");
    for (PolicyRef policy : side.isolatedBy()) {
      json.writeString(policy.toString());
    }
    json.writeEndArray();
    rulings("allowedBy", side.allowedBy(), json);
    rulings("deniedBy", side.deniedBy(), json);
    json.writeEndObject();
  }

  private static void rulings(String name, List<Explanation.Ruling> rulings, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Explanation.Ruling ruling : rulings) {
      json.writeStartObject();
      json.writeStringField("policy", ruling.policy().toString());
      json.writeStringField("path", ruling.path().toString());
      Json.ports("ports", ruling.ports(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
