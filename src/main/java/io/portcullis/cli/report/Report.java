package io.portcullis.cli.report;

import io.portcullis.cluster.manifests.Manifest;
import io.portcullis.cluster.manifests.ManifestProblem;
import io.portcullis.finding.Mode;
import java.util.List;

/**
 * What became of some manifests.
 *
 * @param objects in the order of the files, those without findings too
 * @param problems what could not be read
 * @param failOn findings of this mode and worse are failures; {@code OFF}: none is
 */
public record Report(List<Checked> objects, List<ManifestProblem> problems, Mode failOn) {
  /** An object with the findings about it, worst first. */
  public record Checked(Manifest manifest, List<Located> findings) {
    public Checked {
      findings = List.copyOf(findings);
    }
  }

  public Report {
    objects = List.copyOf(objects);
    problems = List.copyOf(problems);
  }

  /** All findings, in the order of the objects. */
  public List<Located> findings() {
    return objects.stream().flatMap(object -> object.findings().stream()).toList();
  }

  /** How many findings have a mode. */
  public long count(Mode mode) {
    return objects.stream()
        .flatMap(object -> object.findings().stream())
        .filter(finding -> finding.mode() == mode)
        .count();
  }

  public boolean isFailure(Located finding) {
    return failOn != Mode.OFF && finding.mode().compareTo(failOn) <= 0;
  }

  /** Whether any finding is a failure. */
  public boolean fails() {
    return findings().stream().anyMatch(this::isFailure);
  }
}
