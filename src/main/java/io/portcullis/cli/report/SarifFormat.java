package io.portcullis.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.portcullis.cluster.manifests.ManifestProblem;
import io.portcullis.finding.Mode;
import io.portcullis.kube.read.Position;
import io.portcullis.rules.RuleBook;
import io.portcullis.rules.RuleInfo;
import io.portcullis.text.Plain;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** SARIF 2.1.0, as code scanners take it. What could not be read is a notification of the tool. */
public record SarifFormat(String version, RuleBook book) implements Format {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  @Override
  public String write(Report report) {
    return Json.text(json -> {
      json.writeStartObject();
      json.writeStringField("$schema", SCHEMA);
      json.writeStringField("version", "2.1.0");
      json.writeArrayFieldStart("runs");
      json.writeStartObject();
      tool(json);
      invocation(report, json);
      json.writeArrayFieldStart("results");
      for (Located finding : report.findings()) {
        result(finding, json);
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private void tool(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("tool");
    json.writeObjectFieldStart("driver");
    json.writeStringField("name", "portcullis");
    json.writeStringField("version", version);
    json.writeArrayFieldStart("rules");
    for (RuleInfo rule : rules()) {
      json.writeStartObject();
      json.writeStringField("id", rule.id());
      text("shortDescription", rule.summary(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private List<RuleInfo> rules() {
    return book.rules().stream().map(rule -> rule.info()).toList();
  }

  private static void invocation(Report report, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("invocations");
    json.writeStartObject();
    json.writeBooleanField("executionSuccessful", report.problems().isEmpty());
    json.writeArrayFieldStart("toolExecutionNotifications");
    for (ManifestProblem problem : report.problems()) {
      json.writeStartObject();
      json.writeStringField("level", "error");
      text("message", problem.message(), json);
      locations(problem.file(), problem.position(), Optional.empty(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
  }

  private void result(Located finding, JsonGenerator json) throws IOException {
    json.writeStartObject();
    String rule = finding.finding().rule();
    json.writeStringField("ruleId", rule);
    List<String> ids = rules().stream().map(RuleInfo::id).toList();
    if (ids.contains(rule)) {
      json.writeNumberField("ruleIndex", ids.indexOf(rule));
    }
    json.writeStringField("level", level(finding.mode()));
    text("message", finding.words(), json);
    locations(
        finding.file(),
        Optional.of(finding.position()),
        Optional.of(finding.finding().object().id() + "#" + finding.finding().path()),
        json);
    json.writeEndObject();
  }

  private static String level(Mode mode) {
    return switch (mode) {
      case DENY -> "error";
      case WARN -> "warning";
      case AUDIT -> "note";
      case OFF -> "none";
    };
  }

  private static void locations(
      String file, Optional<Position> position, Optional<String> logical, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart("locations");
    json.writeStartObject();
    json.writeObjectFieldStart("physicalLocation");
    json.writeObjectFieldStart("artifactLocation");
    json.writeStringField("uri", uri(file));
    json.writeEndObject();
    if (position.isPresent()) {
      json.writeObjectFieldStart("region");
      json.writeNumberField("startLine", position.get().line());
      json.writeNumberField("startColumn", position.get().column());
      json.writeEndObject();
    }
    json.writeEndObject();
    if (logical.isPresent()) {
      json.writeArrayFieldStart("logicalLocations");
      json.writeStartObject();
      json.writeStringField("fullyQualifiedName", logical.get());
      json.writeStringField("kind", "object");
      json.writeEndObject();
      json.writeEndArray();
    }
    json.writeEndObject();
    json.writeEndArray();
  }

  /** A relative path stays relative: code hosts look for it in the repository. */
  private static String uri(String file) {
    String path = file.replace('\\', '/');
    try {
      return new URI(path.startsWith("/") ? "file" : null, null, path, null).toASCIIString();
    } catch (URISyntaxException _) {
      return path;
    }
  }

  private static void text(String field, String text, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(field);
    json.writeStringField("text", Plain.oneLine(text));
    json.writeEndObject();
  }
}
