package io.portcullis.cli.map;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;

/** JSON with the elements of the outer lists a line each, for eyes and for {@code diff}. */
final class LinePrinter extends MinimalPrettyPrinter {
  private static final long serialVersionUID = 1L;

  /** How many lists are open. */
  private int depth;

  @Override
  public void writeStartArray(JsonGenerator json) throws IOException {
    super.writeStartArray(json);
    depth++;
  }

  @Override
  public void beforeArrayValues(JsonGenerator json) throws IOException {
    if (depth == 1) {
      json.writeRaw('\n');
    }
  }

  @Override
  public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
    json.writeRaw(depth == 1 ? ",\n" : ", ");
  }

  @Override
  public void writeEndArray(JsonGenerator json, int values) throws IOException {
    depth--;
    super.writeEndArray(json, values);
  }

  @Override
  public void writeObjectEntrySeparator(JsonGenerator json) throws IOException {
    json.writeRaw(", ");
  }

  @Override
  public void writeObjectFieldValueSeparator(JsonGenerator json) throws IOException {
    json.writeRaw(": ");
  }
}
