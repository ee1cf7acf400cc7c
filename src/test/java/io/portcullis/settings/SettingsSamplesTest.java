package io.portcullis.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.settings.SettingsReader.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts in {@code src/test/resources/settings}: what is in {@code valid} is read, what is in {@code
 * invalid} has exactly the problems that stand beside it.
 */
class SettingsSamplesTest {
  private static final Path FOLDER = Path.of("src/test/resources/settings");

  @ParameterizedTest
  @MethodSource("valid")
  void whatIsRightIsRead(Path sample) throws IOException {
    assertThat(problems(sample)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void whatIsWrongIsToldInTheOrderOfTheText(Path sample) throws IOException {
    Path expected =
        sample.resolveSibling(sample.getFileName().toString().replace(".yaml", ".problems"));

    assertThat(problems(sample)).isNotEmpty().isEqualTo(Files.readAllLines(expected));
  }

  private static List<String> problems(Path sample) throws IOException {
    return switch (SettingsReader.read(Files.readString(sample), "test")) {
      case Result.Valid valid -> List.of();
      case Result.Invalid invalid ->
          invalid.problems().stream().map(SettingsProblem::toString).toList();
    };
  }

  static Stream<Path> valid() throws IOException {
    return samples("valid");
  }

  static Stream<Path> invalid() throws IOException {
    return samples("invalid");
  }

  private static Stream<Path> samples(String folder) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }
}
