package io.portcullis.kube.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.portcullis.kube.read.Node.Scalar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes nodes of JSON. YAML's reader would do for most JSON, but not for tabs between tokens nor
 * for objects that follow one another.
 */
final class JsonNodes {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonParser parser;
  private final int firstLine;
  private NodeBuilder builder = new NodeBuilder();

  private JsonNodes(JsonParser parser, int firstLine) {
    this.parser = parser;
    this.firstLine = firstLine;
  }

  /**
   * The documents of a text; the last is broken where the text is no JSON.
   *
   * @param firstLine the number of the text's first line in its file, from 1
   */
  static List<Yaml.Document> read(String text, int firstLine) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return new JsonNodes(parser, firstLine).documents();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot be read", e);
    }
  }

  private List<Yaml.Document> documents() throws IOException {
    List<Yaml.Document> documents = new ArrayList<>();
    try {
      while (parser.nextToken() != null) {
        builder = new NodeBuilder();
        Node root = node();
        builder.document(Optional.of(root)).ifPresent(documents::add);
      }
    } catch (Refused e) {
      documents.add(Yaml.broken(e.problem().position(), e.problem().message()));
    } catch (JsonProcessingException e) {
      documents.add(Yaml.broken(position(e.getLocation()), "no JSON: " + e.getOriginalMessage()));
    }
    return documents;
  }

  private Node node() throws IOException {
    Position position = position();
    builder.count(position);
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(position);
      case START_ARRAY -> sequence(position);
      case VALUE_STRING -> new Scalar(position, parser.getText(), Scalar.Type.STRING);
      case VALUE_NUMBER_INT -> new Scalar(position, parser.getText(), Scalar.Type.INTEGER);
      case VALUE_NUMBER_FLOAT -> new Scalar(position, parser.getText(), Scalar.Type.FLOAT);
      case VALUE_TRUE, VALUE_FALSE -> new Scalar(position, parser.getText(), Scalar.Type.BOOLEAN);
      case VALUE_NULL -> new Scalar(position, parser.getText(), Scalar.Type.NULL);
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException("a parser of text gives no such value");
    };
  }

  private Node mapping(Position position) throws IOException {
    builder.enter(position);
    Map<String, Node.Entry> written = new HashMap<>();
    List<Node.Entry> entries = new ArrayList<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      Position keyPosition = position();
      parser.nextToken();
      Node.Entry entry = new Node.Entry(key, keyPosition, node());
      if (builder.isNew(entry, written)) {
        entries.add(entry);
      }
    }
    builder.leave();
    return new Node.Mapping(position, entries);
  }

  private Node sequence(Position position) throws IOException {
    builder.enter(position);
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node());
    }
    builder.leave();
    return new Node.Sequence(position, items);
  }

  private Position position() {
    return position(parser.currentTokenLocation());
  }

  private Position position(JsonLocation at) {
    return new Position(at.getLineNr() + firstLine - 1, at.getColumnNr());
  }
}
