package io.portcullis.kube.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Nodes as the JSON that kubectl would send. */
public final class NodeJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private NodeJson() {}

  public static JsonNode of(Node node) {
    return switch (node) {
      case Node.Mapping map -> {
        ObjectNode object = JSON.createObjectNode();
        map.entries().forEach(entry -> object.set(entry.key(), of(entry.value())));
        yield object;
      }
      case Node.Sequence list -> {
        ArrayNode array = JSON.createArrayNode();
        list.items().forEach(item -> array.add(of(item)));
        yield array;
      }
      case Node.Scalar scalar when scalar.type() == Node.Scalar.Type.STRING ->
          TextNode.valueOf(scalar.text());
      case Node.Scalar scalar -> parsed(JsonScalars.text(scalar));
    };
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + json, e);
    }
  }
}
