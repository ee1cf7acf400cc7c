package io.portcullis.settings;

import io.portcullis.kube.FieldPath;
import io.portcullis.kube.read.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What was found to be wrong so far. Past a thousand nothing is noted any more. */
final class Problems {
  private static final int MOST = 1000;

  private static final Comparator<SettingsProblem> AS_THEY_STAND =
      Comparator.comparingInt((SettingsProblem problem) -> problem.position().line())
          .thenComparingInt(problem -> problem.position().column());

  private final List<SettingsProblem> all = new ArrayList<>();

  void add(Position position, FieldPath path, String message, String fix) {
    if (all.size() < MOST) {
      all.add(new SettingsProblem(position, path, message, fix));
    }
  }

  /** In the order of the text, each once. */
  List<SettingsProblem> inOrder() {
    return all.stream().distinct().sorted(AS_THEY_STAND).toList();
  }
}
