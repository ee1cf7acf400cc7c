package io.portcullis.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.portcullis.kube.read.NodeJson;
import io.portcullis.kube.read.Yaml;
import io.portcullis.settings.SettingsReader.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Schema and reader know the same keys and words. The reader's are found by asking it: a key that
 * it can't know is put into every map of the schema, a word that it can't know into every enum.
 */
class SettingsSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STRANGE = "zzzzzzzz";
  private static final JsonNode SCHEMA = parsed(SettingsSchema.text());

  private static final Schema VALIDATOR =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(SettingsSchema.text());

  @ParameterizedTest
  @MethodSource("samples")
  void whatTheReaderTakesTheSchemaTakes(Path sample) throws IOException {
    Yaml.Document document = Yaml.documents(Files.readString(sample)).getFirst();
    JsonNode json = NodeJson.of(((Yaml.Document.Sound) document).root());

    assertThat(VALIDATOR.validate(json.toString(), InputFormat.JSON)).isEmpty();
  }

  static Stream<Path> samples() throws IOException {
    return SettingsSamplesTest.valid();
  }

  @Test
  void theSchemaRefusesWhatItCanKnow() {
    assertThat(VALIDATOR.validate("{\"mdoe\": \"warn\"}", InputFormat.JSON)).isNotEmpty();
    assertThat(VALIDATOR.validate("{\"mode\": \"wran\"}", InputFormat.JSON)).isNotEmpty();
    assertThat(VALIDATOR.validate("{\"exceptions\": [{}]}", InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void bothKnowTheSameKeys() {
    List<String> maps = new ArrayList<>();
    walk((place, schema) -> {
      if (schema.has("properties")) {
        assertThat(keysOfReader(place)).as(place).isEqualTo(names(schema.get("properties")));
        maps.add(place);
      }
    });
    assertThat(maps).contains("", "rules.ingress-tls", "tiers.flows.*", "ingressControllers.*");
  }

  @Test
  void bothNeedTheSameKeys() {
    walk((place, schema) -> {
      if (schema.has("required")) {
        assertThat(missingToReader(place)).as(place).isEqualTo(texts(schema.get("required")));
      }
    });
  }

  @Test
  void bothKnowTheSameWords() {
    List<String> enums = new ArrayList<>();
    walk((place, schema) -> {
      if (schema.has("enum")) {
        NavigableSet<String> words = texts(schema.get("enum"));
        assertThat(wordsOfReader(place)).as(place).isEqualTo(words);
        enums.add(place);
      }
    });
    assertThat(enums).contains("mode", "rules.tier-flow", "overrides.*.rules.*", "onTimeout");
  }

  @Test
  void theSchemasDefaultsAreTheReaders() {
    ObjectNode defaults = JSON.createObjectNode();
    walk((place, schema) -> {
      if (schema.has("default")) {
        put(defaults, place, schema.get("default"));
      }
    });

    assertThat(defaults.toString()).contains("portcullis.io/tier", "169.254.20.10");
    assertThat(SettingsReader.read(defaults.toString(), "default"))
        .isEqualTo(new Result.Valid(Settings.DEFAULT));
  }

  /** The keys that the reader names where it finds one that it does not know. */
  private static NavigableSet<String> keysOfReader(String place) {
    if (place.equals("rules")) {
      return new TreeSet<>(Catalogue.ids());
    }
    if (place.endsWith("matchLabels")) {
      return new TreeSet<>();
    }
    String fix = problem(with(place + "." + STRANGE), "unknown key").fix();
    return new TreeSet<>(List.of(within("the keys here are ", fix).split(", ")));
  }

  private static NavigableSet<String> missingToReader(String place) {
    TreeSet<String> missing = new TreeSet<>();
    for (SettingsProblem problem : problems(with(place + "." + STRANGE))) {
      if (problem.message().endsWith(" is missing.") && isAt(place, problem)) {
        missing.add(problem.message().split("\"", -1)[1]);
      }
    }
    return missing;
  }

  private static boolean isAt(String place, SettingsProblem problem) {
    return problem.path().toString().equals(place.replace(".*", "[0]"));
  }

  /** The words that the reader names where it finds one that it does not know. */
  private static NavigableSet<String> wordsOfReader(String place) {
    SettingsProblem problem = problem(with(place), " is no ");
    return problem.message().contains("is no rule")
        ? new TreeSet<>(Catalogue.ids())
        : new TreeSet<>(List.of(within("write one of ", problem.fix()).split(", | or ")));
  }

  private static String within(String before, String fix) {
    assertThat(fix).startsWith(before).endsWith(".");
    return fix.substring(before.length(), fix.length() - 1);
  }

  /** A text that has nothing but a strange value at a place: {@code tiers.flows.*.from}. */
  private static String with(String place) {
    ObjectNode root = JSON.createObjectNode();
    put(root, place.startsWith(".") ? place.substring(1) : place, JSON.valueToTree(STRANGE));
    return root.toString();
  }

  private static void put(ObjectNode root, String place, JsonNode value) {
    String[] steps = place.split("\\.", -1);
    JsonNode at = root;
    for (int i = 0; i < steps.length; i++) {
      boolean last = i == steps.length - 1;
      JsonNode next =
          last
              ? value
              : steps[i + 1].equals("*") ? JSON.createArrayNode() : JSON.createObjectNode();
      if (at instanceof ArrayNode list) {
        at = list.isEmpty() ? add(list, next) : list.get(0);
      } else {
        ObjectNode map = (ObjectNode) at;
        at = !last && map.has(steps[i]) ? map.get(steps[i]) : set(map, steps[i], next);
      }
    }
  }

  private static JsonNode add(ArrayNode list, JsonNode next) {
    list.add(next);
    return next;
  }

  private static JsonNode set(ObjectNode map, String key, JsonNode next) {
    map.set(key, next);
    return next;
  }

  private static SettingsProblem problem(String text, String part) {
    Optional<SettingsProblem> found =
        problems(text).stream().filter(problem -> problem.message().contains(part)).findFirst();
    assertThat(found).as(text).isPresent();
    return found.orElseThrow();
  }

  private static List<SettingsProblem> problems(String text) {
    return SettingsReader.read(text, "x") instanceof Result.Invalid invalid
        ? invalid.problems()
        : List.of();
  }

  /** Every schema below the root with its place in the text; list elements are {@code *}. */
  private static void walk(BiConsumer<String, JsonNode> visitor) {
    walk("", SCHEMA, visitor);
  }

  private static void walk(String place, JsonNode schema, BiConsumer<String, JsonNode> visitor) {
    visitor.accept(place, schema);
    UnaryOperator<String> below = key -> place.isEmpty() ? key : place + "." + key;
    if (schema.has("$ref")) {
      walk(place, SCHEMA.at(schema.get("$ref").asText().substring(1)), visitor);
    }
    schema.path("anyOf").forEach(option -> walk(place, option, visitor));
    schema
        .path("properties")
        .properties()
        .forEach(property -> walk(below.apply(property.getKey()), property.getValue(), visitor));
    if (schema.has("items")) {
      walk(below.apply("*"), schema.get("items"), visitor);
    }
  }

  private static NavigableSet<String> names(JsonNode map) {
    TreeSet<String> names = new TreeSet<>();
    map.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static NavigableSet<String> texts(JsonNode list) {
    TreeSet<String> texts = new TreeSet<>();
    list.forEach(item -> {
      if (item.isTextual()) {
        texts.add(item.asText());
      }
    });
    return texts;
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
