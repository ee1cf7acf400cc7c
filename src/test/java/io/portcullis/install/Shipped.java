package io.portcullis.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** The manifests of {@code k8s}, as objects. */
final class Shipped {
  private static final Path K8S = Path.of("k8s");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Shipped() {}

  static String text(String file) {
    try {
      return Files.readString(K8S.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All objects of a file. */
  static List<JsonNode> objects(String file) {
    return StreamSupport.stream(new Yaml().loadAll(text(file)).spliterator(), false)
        .map(object -> JSON.<JsonNode>valueToTree(object))
        .toList();
  }

  /** The one object of a kind in a file. */
  static JsonNode object(String file, String kind) {
    return objects(file).stream()
        .filter(each -> each.path("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow(() -> new AssertionError(file + " has no " + kind));
  }

  /** What a list holds. */
  static Stream<JsonNode> each(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  /** What a list of texts holds. */
  static List<String> texts(JsonNode list) {
    return each(list).map(JsonNode::asText).toList();
  }
}
