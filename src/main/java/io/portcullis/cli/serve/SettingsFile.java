package io.portcullis.cli.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Settings in a file, which may change. */
public final class SettingsFile {
  private static final Logger LOG = Logger.getLogger("portcullis.settings");

  private final Path file;
  private volatile SettingsText text;
  private boolean unreadable;

  /**
   * Reads the file.
   *
   * @throws IOException where it can't be read
   */
  public SettingsFile(Path file) throws IOException {
    this.file = file;
    this.text = SettingsText.read(file);
  }

  /** The text as it was last read. */
  Optional<SettingsText> text() {
    return Optional.of(text);
  }

  /** Reads the file again; where that fails, the last text stays. */
  void refresh() {
    try {
      text = SettingsText.read(file);
      unreadable = false;
    } catch (IOException e) {
      if (!unreadable) {
        LOG.errorf("%s can't be read, the last settings stay: %s", file, e.getMessage());
      }
      unreadable = true;
    }
  }
}
