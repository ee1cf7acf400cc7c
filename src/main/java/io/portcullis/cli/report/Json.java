package io.portcullis.cli.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** JSON for people and programs alike: indented, written field by field. */
final class Json {
  private static final ObjectMapper VALUES = new ObjectMapper();

  /** Writes one value. */
  interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  private Json() {}

  static String text(Body body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = VALUES.createGenerator(text)) {
      json.useDefaultPrettyPrinter();
      body.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text + "\n";
  }
}
