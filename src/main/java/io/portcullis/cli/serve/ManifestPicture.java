package io.portcullis.cli.serve;

import io.portcullis.cluster.Picture;
import io.portcullis.cluster.manifests.ManifestProblem;
import io.portcullis.cluster.manifests.Manifests;
import io.portcullis.cluster.manifests.Surroundings;
import java.nio.file.Path;
import java.util.List;

/** The picture of {@code serve --cluster PATH}. */
public final class ManifestPicture {
  private static final String DEFAULT_NAMESPACE = "default";

  private ManifestPicture() {}

  static Picture read(Path path) {
    return Picture.fixed(Surroundings.around(manifests(path).objects()));
  }

  /** What is wrong with the files, a line each. */
  public static List<String> problems(Path path) {
    return manifests(path).problems().stream().map(ManifestProblem::toString).toList();
  }

  private static Manifests manifests(Path path) {
    return Manifests.read(List.of(path.toString()), DEFAULT_NAMESPACE, System.in);
  }
}
