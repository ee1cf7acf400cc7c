package io.portcullis.cluster.watch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import java.io.IOException;
import java.util.Optional;

/** One event of a watch. Source: meta/v1 WatchEvent. */
sealed interface WatchEvent {
  /** An object came or changed. */
  record Put(KubeObject object) implements WatchEvent {}

  /** An object went, or is none of those any more that the watch is about. */
  record Delete(KubeObject object) implements WatchEvent {}

  /**
   * Nothing happened up to a version.
   *
   * @param listed whether this ends the list that the watch began with
   */
  record Bookmark(String version, boolean listed) implements WatchEvent {}

  /** Something that we do not read. */
  record Unknown() implements WatchEvent {}

  /** The mark of the bookmark that ends a streamed list. */
  String LISTED = "k8s.io/initial-events-end";

  /**
   * Reads the next event; waits for it. Empty at the end of the watch.
   *
   * @throws StatusException where the server ends the watch with an error
   */
  static Optional<WatchEvent> next(Kind kind, JsonParser parser) throws IOException {
    JsonToken start = parser.nextToken();
    if (start == null) {
      return Optional.empty();
    }
    if (start != JsonToken.START_OBJECT) {
      throw new IOException("the watch sends what is no event");
    }
    String type = "";
    WatchEvent event = new Unknown();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      switch (name) {
        case "type" -> type = parser.getValueAsString("");
        case "object" -> {
          if (value != JsonToken.START_OBJECT) {
            throw new IOException("the watch sends an event without an object");
          }
          event = read(type, kind, parser);
        }
        default -> parser.skipChildren();
      }
    }
    return Optional.of(event);
  }

  private static WatchEvent read(String type, Kind kind, JsonParser parser) throws IOException {
    return switch (type) {
      case "ADDED", "MODIFIED" ->
          Items.object(kind, parser).<WatchEvent>map(Put::new).orElseGet(Unknown::new);
      case "DELETED" ->
          Items.object(kind, parser).<WatchEvent>map(Delete::new).orElseGet(Unknown::new);
      case "BOOKMARK" -> bookmark(parser);
      case "ERROR" -> {
        Status status = Status.read(parser);
        throw new StatusException(status.code(), status.message(), Optional.empty());
      }
      // The API server writes the type first; an object whose event is not known is no use.
      case "" -> throw new IOException("the watch sends an event without a type");
      default -> {
        parser.skipChildren();
        yield new Unknown();
      }
    };
  }

  private static Bookmark bookmark(JsonParser parser) throws IOException {
    Bookmark mark = new Bookmark("", false);
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      if (name.equals("metadata") && value == JsonToken.START_OBJECT) {
        mark = mark(parser);
      } else {
        parser.skipChildren();
      }
    }
    return mark;
  }

  private static Bookmark mark(JsonParser parser) throws IOException {
    String version = "";
    boolean listed = false;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      if (name.equals("resourceVersion")) {
        version = parser.getValueAsString("");
      } else if (name.equals("annotations") && value == JsonToken.START_OBJECT) {
        listed = isListed(parser);
      } else {
        parser.skipChildren();
      }
    }
    return new Bookmark(version, listed);
  }

  private static boolean isListed(JsonParser parser) throws IOException {
    boolean listed = false;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      listed |= name.equals(LISTED) && "true".equals(parser.getValueAsString());
      parser.skipChildren();
    }
    return listed;
  }
}
