package io.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole maps as they are printed, each beside its manifests or in the folder of maps. */
class MapGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/map");

  @ParameterizedTest
  @CsvSource({
    "src/test/resources/map/guide.yaml, guide.map",
    "src/test/resources/map/guide-mended.yaml, guide-mended.map",
    "k8s/samples/right, samples-right.map",
    "src/test/resources/map/entries.yaml, entries.map",
    "src/test/resources/map/entries.yaml, entries.json",
    "src/test/resources/map/entries.yaml, entries.csv",
    "src/test/resources/map/entries.yaml, entries.dot",
    "src/test/resources/map/entries.yaml, entries.svg",
  })
  void theMapIs(String manifests, String expected) throws IOException {
    String format = expected.substring(expected.indexOf('.') + 1).replace("map", "text");
    Ran ran = Ran.portcullis("map", "-q", "-o", format, manifests);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).isEqualTo(Files.readString(FOLDER.resolve(expected)));
  }
}
