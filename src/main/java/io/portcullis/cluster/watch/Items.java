package io.portcullis.cluster.watch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.read.ObjectReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Reads lists of objects, and single ones, as they come. */
final class Items {
  private static final Logger LOG = Logger.getLogger("portcullis.watch");

  /** Takes an object; may block. */
  @FunctionalInterface
  interface Taker {
    void take(KubeObject object) throws IOException;
  }

  /**
   * What a list says of itself.
   *
   * @param version the resourceVersion that it shows
   * @param next the token of the next page; empty after the last
   */
  record Page(String version, String next) {}

  private Items() {}

  /**
   * Reads a list to its end, handing over each item as soon as it is read.
   *
   * @throws IOException also where it is no list: an empty object is not an empty list
   */
  static Page list(Kind kind, JsonParser parser, Taker taker) throws IOException {
    Page page = new Page("", "");
    boolean items = false;
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("the answer is no list");
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      switch (name) {
        case "metadata" -> page = page(parser);
        case "items" -> {
          items = true;
          each(kind, parser, taker);
        }
        default -> parser.skipChildren();
      }
    }
    if (!items || page.version().isEmpty()) {
      throw new IOException("the answer is no list");
    }
    return page;
  }

  private static Page page(JsonParser parser) throws IOException {
    String version = "";
    String next = "";
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return new Page(version, next);
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      switch (name) {
        case "resourceVersion" -> version = parser.getValueAsString("");
        case "continue" -> next = parser.getValueAsString("");
        default -> parser.skipChildren();
      }
    }
    return new Page(version, next);
  }

  private static void each(Kind kind, JsonParser parser, Taker taker) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new IOException("the items of the answer are no list");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw new IOException("an item of the list is no object");
      }
      Optional<KubeObject> object = object(kind, parser);
      if (object.isPresent()) {
        taker.take(object.get());
      }
    }
  }

  /**
   * Reads the object that the parser stands at. One that breaks the reader is passed over and said
   * in the log: it must not keep all others out of the picture.
   */
  static Optional<KubeObject> object(Kind kind, JsonParser parser) throws IOException {
    JsonStreamContext around = parser.getParsingContext().getParent();
    try {
      return ObjectReader.read(kind, parser).object();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RuntimeException e) {
      LOG.errorf(e, "A %s could not be read and is missing in the picture", kind.text());
      while (!around.equals(parser.getParsingContext())) {
        if (parser.nextToken() == null) {
          throw (IOException) new EOFException("the answer ends in an object").initCause(e);
        }
      }
      return Optional.empty();
    }
  }
}
