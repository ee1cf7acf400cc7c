package io.portcullis.cluster.manifests;

import io.portcullis.kube.read.Position;
import java.util.Comparator;
import java.util.Optional;

/**
 * Something that could not be read, or that the API server would refuse.
 *
 * @param position empty where it is about the file or folder as a whole
 * @param message what is wrong, one sentence
 */
public record ManifestProblem(String file, Optional<Position> position, String message) {
  /** As they stand in a file. */
  static final Comparator<ManifestProblem> IN_ORDER =
      Comparator.comparingInt(
              (ManifestProblem problem) -> problem.position().map(Position::line).orElse(0))
          .thenComparingInt(problem -> problem.position().map(Position::column).orElse(0));

  /** {@code web.yaml:3:5: message}. */
  @Override
  public String toString() {
    return file + position.map(at -> ":" + at).orElse("") + ": " + message;
  }
}
