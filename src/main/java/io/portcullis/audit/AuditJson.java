package io.portcullis.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.portcullis.finding.Change;
import io.portcullis.finding.Judged;
import io.portcullis.finding.Target;
import io.portcullis.judge.Judgement;
import io.portcullis.judge.RuleError;
import io.portcullis.text.Plain;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;

/** Audit records as JSON, one object a line. Nothing in it can break the line or a terminal. */
final class AuditJson {
  private static final JsonFactory JSON = new JsonFactory();

  private AuditJson() {}

  /** The record's line with its end. */
  static byte[] line(AuditRecord record) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      write(json, record);
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(JsonGenerator json, AuditRecord record) throws IOException {
    Judgement judgement = record.judgement();
    Change change = judgement.change();
    Target target = change.target();
    text(json, "time", record.time().truncatedTo(ChronoUnit.MICROS).toString());
    text(json, "record", judgement.record());
    text(json, "uid", change.uid());
    text(json, "verdict", judgement.verdict().text());
    text(json, "operation", change.operation().name());
    text(json, "group", target.group());
    text(json, "version", target.version());
    text(json, "kind", target.kind());
    text(json, "namespace", target.namespace());
    text(json, "name", change.ref().name());
    text(json, "user", change.user().name());
    json.writeArrayFieldStart("groups");
    for (String group : change.user().groups()) {
      json.writeString(Plain.oneLine(group));
    }
    json.writeEndArray();
    json.writeBooleanField("dryRun", change.dryRun());
    findings(json, judgement);
    text(json, "settings", judgement.settings());
    json.writeNumberField("micros", record.spent().toNanos() / 1_000);
  }

  private static void findings(JsonGenerator json, Judgement judgement) throws IOException {
    json.writeArrayFieldStart("findings");
    for (Judged judged : judgement.findings()) {
      finding(
          json,
          judged.finding().rule(),
          judged.mode().text(),
          judged.finding().path().toString(),
          judged.finding().message(),
          judged.exception());
    }
    for (RuleError error : judgement.errors()) {
      finding(json, error.rule(), "error", "", error.message(), "");
    }
    json.writeEndArray();
  }

  private static void finding(
      JsonGenerator json, String rule, String mode, String path, String message, String exception)
      throws IOException {
    json.writeStartObject();
    text(json, "rule", rule);
    text(json, "mode", mode);
    text(json, "path", path);
    text(json, "message", message);
    if (!exception.isEmpty()) {
      text(json, "exception", exception);
    }
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, String value) throws IOException {
    json.writeStringField(name, Plain.oneLine(value));
  }
}
