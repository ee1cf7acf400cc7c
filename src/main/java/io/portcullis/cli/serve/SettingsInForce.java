package io.portcullis.cli.serve;

import io.portcullis.settings.Settings;
import io.portcullis.settings.SettingsProblem;
import io.portcullis.settings.SettingsReader;
import io.portcullis.settings.SettingsReader.Result;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The settings that hold now: the last text that is valid, or the defaults where there was none.
 * Safe for any number of readers.
 */
public final class SettingsInForce {
  private static final Logger LOG = Logger.getLogger("portcullis.settings");

  private record State(Optional<SettingsText> seen, Settings settings, Optional<String> problem) {}

  private final Supplier<Optional<SettingsText>> source;
  private volatile State state = new State(Optional.empty(), Settings.DEFAULT, Optional.empty());

  /**
   * @param source the text that there is now; asked at each call, so cheap and never blocking
   */
  public SettingsInForce(Supplier<Optional<SettingsText>> source) {
    this.source = source;
  }

  /** The settings; a text that is new is read first. */
  public Settings now() {
    Optional<SettingsText> text = source.get();
    State last = state;
    return text.equals(last.seen()) ? last.settings() : take(text).settings();
  }

  /** What is wrong with the text that there is now; empty where it is in force. */
  public Optional<String> problem() {
    now();
    return state.problem();
  }

  private synchronized State take(Optional<SettingsText> text) {
    if (!text.equals(state.seen())) {
      state = text.map(this::read).orElseGet(this::defaults);
    }
    return state;
  }

  private State defaults() {
    LOG.info("There are no settings: each rule's default holds");
    return new State(Optional.empty(), Settings.DEFAULT, Optional.empty());
  }

  private State read(SettingsText text) {
    return switch (SettingsReader.read(text.content(), text.version())) {
      case Result.Valid valid -> {
        LOG.infof("Settings %s are in force", text.version());
        yield new State(Optional.of(text), valid.settings(), Optional.empty());
      }
      case Result.Invalid invalid -> {
        String problem =
            invalid.problems().stream()
                .map(SettingsProblem::toString)
                .collect(Collectors.joining(" "));
        Settings last = state.settings();
        LOG.errorf(
            "Settings %s are not used, %s stay: %s", text.version(), last.version(), problem);
        yield new State(Optional.of(text), last, Optional.of(problem));
      }
    };
  }
}
