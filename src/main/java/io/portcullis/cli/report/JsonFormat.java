package io.portcullis.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Mode;
import io.portcullis.finding.ObjectRef;
import io.portcullis.finding.PatchOp;
import io.portcullis.text.Plain;
import java.io.IOException;
import java.util.List;

/** {@code {"findings": [...], "summary": {...}}}. */
public record JsonFormat() implements Format {
  @Override
  public String write(Report report) {
    return Json.text(json -> {
      json.writeStartObject();
      json.writeArrayFieldStart("findings");
      for (Located finding : report.findings()) {
        finding(finding, json);
      }
      json.writeEndArray();
      summary(report, json);
      json.writeEndObject();
    });
  }

  private static void finding(Located located, JsonGenerator json) throws IOException {
    Finding finding = located.finding();
    json.writeStartObject();
    json.writeStringField("rule", finding.rule());
    json.writeStringField("mode", located.mode().text());
    json.writeStringField("kind", finding.object().kind());
    json.writeStringField("namespace", finding.object().namespace());
    json.writeStringField("name", finding.object().name());
    json.writeStringField("path", finding.path().toString());
    json.writeStringField("message", Plain.oneLine(finding.message()));
    json.writeStringField("fix", Plain.oneLine(finding.fix()));
    patch(finding.patch(), json);
    json.writeArrayFieldStart("related");
    for (ObjectRef related : finding.related()) {
      json.writeString(related.id());
    }
    json.writeEndArray();
    json.writeStringField("file", located.file());
    json.writeNumberField("line", located.position().line());
    json.writeNumberField("column", located.position().column());
    json.writeEndObject();
  }

  private static void patch(List<PatchOp> patch, JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("patch");
    for (PatchOp operation : patch) {
      json.writeStartObject();
      switch (operation) {
        case PatchOp.Add add -> operation(json, "add", add.path(), add.value());
        case PatchOp.Replace replace -> operation(json, "replace", replace.path(), replace.value());
        case PatchOp.Test test -> operation(json, "test", test.path(), test.value());
        case PatchOp.Remove remove -> {
          json.writeStringField("op", "remove");
          json.writeStringField("path", remove.path());
        }
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void operation(JsonGenerator json, String op, String path, Object value)
      throws IOException {
    json.writeStringField("op", op);
    json.writeStringField("path", path);
    json.writeObjectField("value", value);
  }

  private static void summary(Report report, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("summary");
    json.writeNumberField("objects", report.objects().size());
    for (Mode mode : List.of(Mode.DENY, Mode.WARN, Mode.AUDIT)) {
      json.writeNumberField(mode.text(), report.count(mode));
    }
    json.writeEndObject();
  }
}
