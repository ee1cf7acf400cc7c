package io.portcullis.admission;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.portcullis.admission.Answer.Cause;
import io.portcullis.admission.Answer.Refusal;
import io.portcullis.finding.PatchOp;
import io.portcullis.text.Plain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Writes answers as AdmissionReviews, and refusals of HTTP as problems (RFC 9457). */
public final class ReviewWriter {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();

  private static final int FORBIDDEN = 403;

  /** Writes some JSON. */
  private interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  private ReviewWriter() {}

  /** The whole body of an answer. */
  public static byte[] review(Answer answer) {
    return bytes(json -> {
      json.writeStartObject();
      json.writeStringField("apiVersion", "admission.k8s.io/v1");
      json.writeStringField("kind", "AdmissionReview");
      json.writeObjectFieldStart("response");
      response(json, answer);
      json.writeEndObject();
      json.writeEndObject();
    });
  }

  /** A problem of HTTP in one line. */
  public static byte[] problem(int status, String title, String detail) {
    return bytes(json -> {
      json.writeStartObject();
      json.writeStringField("type", "about:blank");
      json.writeStringField("title", title);
      json.writeNumberField("status", status);
      json.writeStringField("detail", Plain.oneLine(detail));
      json.writeEndObject();
      json.writeRaw('\n');
    });
  }

  private static void response(JsonGenerator json, Answer answer) throws IOException {
    json.writeStringField("uid", answer.uid());
    json.writeBooleanField("allowed", answer.refusal().isEmpty());
    if (answer.refusal().isPresent()) {
      status(json, answer.refusal().get());
    }
    if (!answer.patch().isEmpty()) {
      json.writeBinaryField("patch", patch(answer.patch()));
      json.writeStringField("patchType", "JSONPatch");
    }
    if (!answer.auditAnnotations().isEmpty()) {
      json.writeObjectFieldStart("auditAnnotations");
      for (Map.Entry<String, String> entry : answer.auditAnnotations().entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
    }
    if (!answer.warnings().isEmpty()) {
      json.writeArrayFieldStart("warnings");
      for (String warning : answer.warnings()) {
        json.writeString(warning);
      }
      json.writeEndArray();
    }
  }

  /** Source: meta/v1 Status. */
  private static void status(JsonGenerator json, Refusal refusal) throws IOException {
    json.writeObjectFieldStart("status");
    json.writeStringField("status", "Failure");
    json.writeStringField("message", refusal.message());
    json.writeStringField("reason", "Forbidden");
    json.writeNumberField("code", FORBIDDEN);
    json.writeObjectFieldStart("details");
    json.writeStringField("name", Plain.oneLine(refusal.target().name()));
    json.writeStringField("group", Plain.oneLine(refusal.target().group()));
    json.writeStringField("kind", Plain.oneLine(refusal.target().kind()));
    json.writeArrayFieldStart("causes");
    for (Cause cause : refusal.causes()) {
      json.writeStartObject();
      json.writeStringField("reason", cause.reason());
      json.writeStringField("message", cause.message());
      json.writeStringField("field", cause.field());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static byte[] patch(List<PatchOp> patch) {
    return bytes(json -> {
      json.writeStartArray();
      for (PatchOp operation : patch) {
        json.writeStartObject();
        operation(json, operation);
        json.writeEndObject();
      }
      json.writeEndArray();
    });
  }

  private static void operation(JsonGenerator json, PatchOp operation) throws IOException {
    switch (operation) {
      case PatchOp.Add add -> operation(json, "add", add.path(), add.value());
      case PatchOp.Replace replace -> operation(json, "replace", replace.path(), replace.value());
      case PatchOp.Test test -> operation(json, "test", test.path(), test.value());
      case PatchOp.Remove remove -> {
        json.writeStringField("op", "remove");
        json.writeStringField("path", remove.path());
      }
    }
  }

  private static void operation(JsonGenerator json, String name, String path, Object value)
      throws IOException {
    json.writeStringField("op", name);
    json.writeStringField("path", path);
    json.writeFieldName("value");
    value(json, value);
  }

  private static void value(JsonGenerator json, Object value) throws IOException {
    switch (value) {
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.writeFieldName(String.valueOf(entry.getKey()));
          value(json, entry.getValue());
        }
        json.writeEndObject();
      }
      case Collection<?> list -> {
        json.writeStartArray();
        for (Object item : list) {
          value(json, item);
        }
        json.writeEndArray();
      }
      case Boolean flag -> json.writeBoolean(flag);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      default -> json.writeString(value.toString());
    }
  }

  private static byte[] bytes(Content content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (OutputStream closed = out;
        JsonGenerator json = JSON.createGenerator(closed)) {
      content.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
