package io.portcullis.kube.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/** A node walked as JSON tokens, so that YAML has the same reader as what the API server sends. */
public final class Tokens {
  /** From here on JSON is written with an exponent. Source: Go's encoding/json. */
  private static final double EXPONENT = 1e21;

  private Tokens() {}

  /**
   * A parser before the first token of the value. Scalars have the JSON types that kubectl would
   * send: {@code 010} is the integer 8, {@code 1.0} the integer 1, {@code yes} is true.
   */
  public static JsonParser of(Node node) {
    try (TokenBuffer buffer = new TokenBuffer(null, false)) {
      write(node, buffer);
      return buffer.asParser();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Node node, TokenBuffer buffer) throws IOException {
    switch (node) {
      case Node.Mapping mapping -> {
        buffer.writeStartObject();
        for (Node.Entry entry : mapping.entries()) {
          buffer.writeFieldName(entry.key());
          write(entry.value(), buffer);
        }
        buffer.writeEndObject();
      }
      case Node.Sequence list -> {
        buffer.writeStartArray();
        for (Node item : list.items()) {
          write(item, buffer);
        }
        buffer.writeEndArray();
      }
      case Node.Scalar scalar -> write(scalar, buffer);
    }
  }

  private static void write(Node.Scalar scalar, TokenBuffer buffer) throws IOException {
    String text = scalar.text();
    switch (scalar.type()) {
      case STRING -> buffer.writeString(text);
      case BOOLEAN -> buffer.writeBoolean(YamlScalars.isTrue(text));
      case NULL -> buffer.writeNull();
      case INTEGER ->
          writeInteger(YamlScalars.integer(text).orElseGet(() -> new BigInteger(text)), buffer);
      case FLOAT -> writeDecimal(Double.parseDouble(text.replace("_", "")), buffer);
    }
  }

  private static void writeInteger(BigInteger value, TokenBuffer buffer) throws IOException {
    if (value.bitLength() < Long.SIZE) {
      buffer.writeNumber(value.longValue());
    } else {
      buffer.writeNumber(value);
    }
  }

  private static void writeDecimal(double value, TokenBuffer buffer) throws IOException {
    if (value == Math.rint(value) && Math.abs(value) < EXPONENT) {
      writeInteger(new BigDecimal(value).toBigInteger(), buffer);
    } else {
      buffer.writeNumber(value);
    }
  }
}
