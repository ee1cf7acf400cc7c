package io.portcullis.settings;

import io.portcullis.kube.FieldPath;
import io.portcullis.kube.read.Position;
import io.portcullis.text.Plain;

/**
 * Something that is wrong with a text of settings.
 *
 * @param path the key that it is about; empty where the text is no YAML
 * @param message what is wrong and what the nearest right thing is, one sentence
 * @param fix how to mend it, an imperative clause; may be empty
 */
public record SettingsProblem(Position position, FieldPath path, String message, String fix) {
  private static final int MOST_CHARACTERS = 500;

  /** What is said may hold words of the text: it is made one line of bounded length. */
  public SettingsProblem {
    message = Plain.cut(Plain.oneLine(message), MOST_CHARACTERS);
    fix = Plain.cut(Plain.oneLine(fix), MOST_CHARACTERS);
  }

  /** {@code line 3, column 5: rules.ingress-tls: "wran" is no mode: did you mean "warn"?} */
  public String sentence() {
    String where = path.segments().isEmpty() ? "" : path + ": ";
    return "line %d, column %d: %s%s".formatted(position.line(), position.column(), where, message);
  }

  /** The sentence and how to mend it, as one line for people. */
  @Override
  public String toString() {
    return fix.isEmpty() ? sentence() : sentence() + " Fix: " + fix;
  }
}
