package io.portcullis.cli.serve;

import io.portcullis.settings.SettingsReader;
import io.portcullis.settings.SettingsReader.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Settings in a file, which may change. */
public final class SettingsFile {
  private static final Logger LOG = Logger.getLogger("portcullis.settings");
  private static final int DIGITS = 8;

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
    this.text = read(file);
  }

  /** The text as it was last read. */
  Optional<SettingsText> text() {
    return Optional.of(text);
  }

  /** Reads the file again; where that fails, the last text stays. */
  void refresh() {
    try {
      text = read(file);
      unreadable = false;
    } catch (IOException e) {
      if (!unreadable) {
        LOG.errorf("%s can't be read, the last settings stay: %s", file, e.getMessage());
      }
      unreadable = true;
    }
  }

  /** What is wrong with the file, each as {@code file:line:column: problem}; empty if nothing. */
  public static List<String> problems(Path file) {
    SettingsText text;
    try {
      text = read(file);
    } catch (IOException e) {
      return List.of(file + ": it can't be read: " + e.getMessage());
    }
    return switch (SettingsReader.read(text.content(), text.version())) {
      case Result.Valid valid -> List.of();
      case Result.Invalid invalid ->
          invalid.problems().stream()
              .map(problem ->
                  "%s:%s: %s%s"
                      .formatted(
                          file,
                          problem.position(),
                          problem.message(),
                          problem.fix().isEmpty() ? "" : " Fix: " + problem.fix()))
              .toList();
    };
  }

  private static SettingsText read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      String version = "sha256:" + HexFormat.of().formatHex(digest).substring(0, DIGITS);
      return new SettingsText(version, new String(bytes, StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
