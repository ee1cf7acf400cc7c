package io.portcullis.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.portcullis.settings.SettingsReader.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page {@code docs/settings.md} says what is so. */
class SettingsPageTest {
  private static final Path PAGE = Path.of("docs/settings.md");
  private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

  @ParameterizedTest
  @MethodSource("examples")
  void eachExampleIsRead(String example) {
    assertThat(SettingsReader.read(example, "page")).isInstanceOf(Result.Valid.class);
  }

  @Test
  void thereIsAnExampleForEachPart() throws IOException {
    assertThat(examples()).hasSizeGreaterThanOrEqualTo(9);
  }

  @Test
  void eachKeyOfTheSchemaStandsOnThePage() throws IOException {
    String page = Files.readString(PAGE);
    JsonNode schema = new ObjectMapper().readTree(SettingsSchema.text());

    schema
        .get("properties")
        .properties()
        .forEach(section -> {
          assertThat(page).contains("`" + section.getKey());
          Stream.of(section.getValue(), section.getValue().path("items"))
              .filter(schemaOfSection -> !section.getKey().equals("rules"))
              .flatMap(schemaOfSection -> schemaOfSection.path("properties").properties().stream())
              .forEach(key ->
                  assertThat(page)
                      .as(section.getKey())
                      .containsPattern("\\b" + Pattern.quote(key.getKey()) + "\\b"));
        });
  }

  @Test
  void thePresetOfExemptNamespacesStandsOnThePage() throws IOException {
    String listed = String.join("`, `", Settings.DEFAULT.namespaces().exempt());

    assertThat(Files.readString(PAGE)).contains("It is `" + listed + "`.");
  }

  static Stream<String> examples() throws IOException {
    return YAML.matcher(Files.readString(PAGE))
        .results()
        .map((MatchResult found) -> found.group(1));
  }
}
