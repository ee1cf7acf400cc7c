package io.portcullis.admission;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.read.ReadProblem;
import io.portcullis.text.Plain;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads AdmissionReviews from bytes as a stream. Strict about the envelope, lenient about the
 * objects in it. Safe for any number of callers.
 */
public final class ReviewReader {
  /** As deep as an API server takes. Source: sigs.k8s.io/json, maxNestingDepth. */
  private static final int DEEPEST = 10_000;

  /** Longer than any number that means something; what we read none of may be longer than that. */
  private static final int LONGEST_NUMBER = 100_000;

  private static final int LONGEST_DETAIL = 300;

  /**
   * What the parser says about itself: which marker it remembers, which of its switches to turn.
   */
  private static final Pattern LIBRARY_TALK =
      Pattern.compile(
          "(?s) \\((?:start marker|for \\w+ starting) .*|, from `[^`]*`|: enable `[^`]*` to allow");

  private static final String UNREADABLE = "the object can't be read";

  /** Takes the value of a field; the parser stands at the value and is to be left at its end. */
  interface Field {
    void take(String name) throws IOException;
  }

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(LONGEST_NUMBER)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private ReviewReader() {}

  /** Reads a whole review with its objects. */
  public static Reading read(byte[] body) {
    try {
      return read(body, EnvelopeReader.Depth.OBJECTS);
    } catch (RuntimeException | StackOverflowError e) {
      // An object that breaks its reader is one that can't be read, whoever is to blame.
      Reading envelope = readEnvelope(body);
      return envelope instanceof Review review
          ? new Review(review.change(), List.of(new ReadProblem(FieldPath.ROOT, UNREADABLE)))
          : envelope;
    }
  }

  /** Reads a review without its objects: enough to answer one that there is no time to judge. */
  public static Reading readEnvelope(byte[] body) {
    return read(body, EnvelopeReader.Depth.ENVELOPE);
  }

  /**
   * Reads what the beginning of a body tells of its envelope; the API server writes what an answer
   * needs before the objects.
   */
  static Reading readBeginning(byte[] beginning) {
    EnvelopeReader envelope = new EnvelopeReader(beginning, EnvelopeReader.Depth.ENVELOPE);
    try (JsonParser parser = parser(beginning, 0, beginning.length)) {
      return envelope.readBeginning(parser);
    } catch (WrongEnvelope e) {
      return new Malformed(e.detail());
    } catch (IOException e) {
      return new Malformed("the body is not JSON in UTF-8");
    }
  }

  private static Reading read(byte[] body, EnvelopeReader.Depth depth) {
    if (isNotUtf8(body)) {
      return new Malformed("the body is not JSON in UTF-8");
    }
    try (JsonParser parser = parser(body, 0, body.length)) {
      return new EnvelopeReader(body, depth).read(parser);
    } catch (WrongEnvelope e) {
      return new Malformed(e.detail());
    } catch (JsonProcessingException e) {
      return new Malformed(Plain.cut("the body is not JSON: " + where(e), LONGEST_DETAIL));
    } catch (IOException e) {
      return new Malformed("the body is not JSON in UTF-8");
    }
  }

  static JsonParser parser(byte[] body, int from, int length) throws IOException {
    return JSON.createParser(body, from, length);
  }

  /** Gives each field of the object that the parser stands at; a field given twice is refused. */
  static void fields(JsonParser parser, String path, Field field) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new WrongEnvelope((path.isEmpty() ? "the body" : path) + " must be a JSON object");
    }
    Names seen = new Names();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (!seen.add(name)) {
        throw new WrongEnvelope(
            "the key \"%s\" stands twice in %s"
                .formatted(name, path.isEmpty() ? "the body" : path));
      }
      parser.nextToken();
      field.take(name);
    }
  }

  /** Jackson would take UTF-16 and UTF-32 too, in which the body's offsets mean something else. */
  private static boolean isNotUtf8(byte[] body) {
    for (int at = 0; at < Math.min(body.length, Integer.BYTES); at++) {
      if (body[at] == 0) {
        return true;
      }
    }
    return false;
  }

  private static String where(JsonProcessingException e) {
    String place =
        e.getLocation() == null
            ? ""
            : "line %d, column %d: "
                .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    String message = LIBRARY_TALK.matcher(String.valueOf(e.getOriginalMessage())).replaceAll("");
    return place + Plain.oneLine(message);
  }
}
