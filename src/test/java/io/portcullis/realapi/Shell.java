package io.portcullis.realapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs and keeps what they print. */
final class Shell {
  /**
   * How a program ended.
   *
   * @param output what it printed, errors among the rest, as a person at the terminal sees it
   */
  record Result(int exit, String output) {}

  private Shell() {}

  /** Runs a program with a text as its input; fails where it does not end in time. */
  static Result run(
      Duration most, Map<String, String> environment, String input, List<String> command) {
    try {
      Path in = Files.writeString(Files.createTempFile("portcullis", ".in"), input);
      Path out = Files.createTempFile("portcullis", ".out");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            "%s did not end within %s; so far: %s".formatted(command, most, Files.readString(out)));
      }
      String output = Files.readString(out, StandardCharsets.UTF_8);
      Files.delete(in);
      Files.delete(out);
      return new Result(process.exitValue(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while running " + command, e);
    }
  }
}
