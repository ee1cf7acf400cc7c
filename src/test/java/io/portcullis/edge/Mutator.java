package io.portcullis.edge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Makes junk of a review: most of it JSON with something odd in it, some of it no JSON at all. */
final class Mutator {
  /** Values that stand where another type, a small number or a short text was meant. */
  private static final List<String> ODD =
      List.of(
          "null",
          "true",
          "-1",
          "65536",
          "99999999999",
          "1e999",
          "9".repeat(400),
          "0.1",
          "\"\"",
          "\"*\"",
          "\"\\ud800\"",
          "\"\\u0000\\u001b[31m\"",
          "\"" + "x".repeat(5_000) + "\"",
          "\"10.0.0.0/33\"",
          "[]",
          "{}",
          "[[[]]]",
          "[null]",
          "[{\"name\":{}}]",
          "{\"a\":{\"a\":{}}}",
          "{\"\":\"\"}",
          "{\"uid\":1,\"uid\":2}",
          "[".repeat(600) + "]".repeat(600));

  /** Where a value stands in a text. */
  private record Span(int from, int to) {}

  private final Random random;

  Mutator(Random random) {
    this.random = random;
  }

  /** The text with one to three things wrong. */
  byte[] mutate(byte[] text) {
    byte[] mutated = text;
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      List<Span> values = values(mutated);
      mutated =
          values.isEmpty() || random.nextInt(8) == 0
              ? junk(mutated)
              : odd(mutated, values.get(random.nextInt(values.size())));
    }
    return mutated;
  }

  private byte[] odd(byte[] text, Span value) {
    String odd = ODD.get(random.nextInt(ODD.size()));
    return splice(text, value.from(), value.to(), odd.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] junk(byte[] text) {
    if (text.length < 2) {
      return text;
    }
    int at = random.nextInt(text.length);
    int end = Math.min(text.length, at + 1 + random.nextInt(40));
    return switch (random.nextInt(5)) {
      case 0 -> flip(text, at);
      case 1 -> splice(text, at, at, randomBytes());
      case 2 -> splice(text, at, end, new byte[0]);
      case 3 -> splice(text, at, at, Arrays.copyOfRange(text, at, end));
      default -> Arrays.copyOf(text, at);
    };
  }

  /** Every value below the top; none where the text is no JSON. */
  private static List<Span> values(byte[] text) {
    List<Span> values = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>();
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        if (token.isStructStart()) {
          open.push(from);
        } else if (token.isStructEnd()) {
          values.add(new Span(open.pop(), from + 1));
        } else if (token.isScalarValue()) {
          parser.finishToken();
          values.add(new Span(from, (int) parser.currentLocation().getByteOffset()));
        }
      }
    } catch (JsonProcessingException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    values.removeIf(value -> value.from() == 0);
    return values;
  }

  private static byte[] splice(byte[] text, int from, int to, byte[] in) {
    byte[] result = new byte[from + in.length + text.length - to];
    System.arraycopy(text, 0, result, 0, from);
    System.arraycopy(in, 0, result, from, in.length);
    System.arraycopy(text, to, result, from + in.length, text.length - to);
    return result;
  }

  private byte[] flip(byte[] text, int at) {
    byte[] copy = text.clone();
    copy[at] ^= (byte) (1 << random.nextInt(8));
    return copy;
  }

  private byte[] randomBytes() {
    byte[] bytes = new byte[1 + random.nextInt(8)];
    random.nextBytes(bytes);
    return bytes;
  }
}
