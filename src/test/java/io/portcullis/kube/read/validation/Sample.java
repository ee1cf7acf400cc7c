package io.portcullis.kube.read.validation;

import io.portcullis.kube.read.Node;
import io.portcullis.kube.read.ReadProblem;
import io.portcullis.kube.read.Yaml;
import io.portcullis.kube.read.validation.StrictReader.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A sample object in src/test/resources/validation.
 *
 * @param apiServer what a real API server said of it: {@code accepted}, or {@code refused} and what
 *     kubectl printed
 */
record Sample(String name, Node node, List<String> apiServer) {
  /** What the API server adds where a schema's first rules are broken already. */
  private static final String NOT_ALL_WAS_CHECKED = "some validation rules were not checked";

  static final Path FOLDER = Path.of("src/test/resources/validation");

  static List<Sample> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .map(Sample::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Sample of(Path file) {
    String name = file.getFileName().toString().replace(".yaml", "");
    Yaml.Document document = Yaml.documents(text(file)).getFirst();
    return new Sample(
        name,
        ((Yaml.Document.Sound) document).root(),
        text(FOLDER.resolve(name + ".apiserver")).lines().toList());
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean accepted() {
    return apiServer.getFirst().equals("accepted");
  }

  List<ReadProblem> problems() {
    return switch (StrictReader.read(node, "default")) {
      case Outcome.Skipped _ -> throw new AssertionError(name + " is no kind of ours");
      case Outcome.Unknown unknown -> List.of(unknown.problem());
      case Outcome.Known known -> known.problems();
    };
  }

  /** What is told of the sample: place, field and message, one a line. */
  String told() {
    StringBuilder told = new StringBuilder();
    for (ReadProblem problem : problems()) {
      told.append(node.positionOf(problem.path())).append(": ").append(problem).append('\n');
    }
    return told.toString();
  }

  /** The messages of the API server's validation, without their fields; none of other refusals. */
  List<String> messages() {
    List<String> said = apiServer.subList(1, apiServer.size());
    if (said.isEmpty() || !said.getFirst().contains(" is invalid: ")) {
      return List.of();
    }
    String first = said.getFirst().replaceFirst("^The .* is invalid: ", "");
    return Stream.concat(Stream.of(first), said.stream().skip(1))
        .filter(line -> !line.isBlank() && !line.contains(NOT_ALL_WAS_CHECKED))
        .map(line -> line.replaceFirst("^(\\* )?[^ ]*: ", ""))
        .toList();
  }
}
