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
  })
  void theMapIs(String manifests, String expected) throws IOException {
    Ran ran = Ran.portcullis("map", "-q", manifests);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).isEqualTo(Files.readString(FOLDER.resolve(expected)));
  }
}
