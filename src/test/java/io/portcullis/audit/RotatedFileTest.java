package io.portcullis.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatedFileTest {
  @TempDir Path folder;

  @Test
  void sizeAndNumberOfFilesAreBoundedAndNoLineIsTornApart() throws IOException {
    Path file = folder.resolve("audit.log");
    try (RotatedFile out = new RotatedFile(file, 1_000, 2)) {
      for (int number = 0; number < 1_000; number++) {
        out.write(line(number));
      }
      out.flush();
    }
    assertThat(names()).containsExactly("audit.log", "audit.log.1", "audit.log.2");
    assertThat(Files.size(file)).isBetween(1L, 1_100L);
    assertThat(Files.size(folder.resolve("audit.log.1"))).isBetween(900L, 1_100L);
    List<String> kept = new java.util.ArrayList<>();
    for (String name : List.of("audit.log.2", "audit.log.1", "audit.log")) {
      kept.addAll(Files.readAllLines(folder.resolve(name)));
    }
    assertThat(kept)
        .containsExactlyElementsOf(
            IntStream.range(1_000 - kept.size(), 1_000)
                .mapToObj(number -> text(number).strip())
                .toList());
  }

  @Test
  void whatWasThereIsWrittenOn() throws IOException {
    Path file = folder.resolve("audit.log");
    for (int number = 0; number < 2; number++) {
      try (RotatedFile out = new RotatedFile(file, 1_000, 1)) {
        out.write(line(number));
        out.flush();
      }
    }
    assertThat(file).hasContent(text(0) + text(1));
  }

  @Test
  void aFileThatCanNotBeWrittenIsTold() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> new RotatedFile(folder, 1_000, 1).close());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  private static byte[] line(int number) {
    return text(number).getBytes(StandardCharsets.UTF_8);
  }

  private static String text(int number) {
    return "{\"number\":%d,\"user\":\"J\u00fcrgen\"}\n".formatted(number);
  }
}
