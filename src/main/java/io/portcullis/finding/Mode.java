package io.portcullis.finding;

import java.util.Locale;
import java.util.Optional;

/** What a finding does, most severe first. */
public enum Mode {
  /** The request is refused. */
  DENY,
  /** The request passes with a warning that kubectl prints. */
  WARN,
  /** The finding is only written down. */
  AUDIT,
  /** The rule does not run. */
  OFF;

  /** As in settings: {@code deny}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Mode> of(String text) {
    for (Mode each : values()) {
      if (each.text().equals(text)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
