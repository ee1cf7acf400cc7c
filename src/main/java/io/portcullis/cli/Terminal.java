package io.portcullis.cli;

import java.io.Console;
import java.util.Map;
import java.util.Optional;

/** What is on the other end of the output. */
final class Terminal {
  private Terminal() {}

  /** Whether somebody looks at it who wants colours. */
  static boolean wantsColour() {
    // A native executable may have none.
    Optional<Console> console = Optional.ofNullable(System.console());
    return console.filter(Console::isTerminal).isPresent() && allowsColour(System.getenv());
  }

  /** Source: no-color.org. */
  static boolean allowsColour(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }
}
