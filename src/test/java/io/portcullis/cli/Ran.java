package io.portcullis.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import picocli.CommandLine;

/** What came of a command. */
record Ran(int code, String out, String err) {
  /** Runs the program as a shell would, without any environment. */
  static Ran portcullis(String... args) {
    if (Boolean.getBoolean("portcullis.native")) {
      return executable(args);
    }
    CommandLine program =
        Main.commandLine(new Defaults(name -> null, Map.of(), new Properties()), args);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    program.setOut(new PrintWriter(out, true));
    program.setErr(new PrintWriter(err, true));
    int code = program.execute(args);
    return new Ran(code, out.toString(), err.toString());
  }

  private static Ran executable(String... args) {
    List<String> command =
        Stream.concat(Stream.of(System.getProperty("native.image.path")), Stream.of(args)).toList();
    try {
      Path out = Files.createTempFile("portcullis", ".out");
      Path err = Files.createTempFile("portcullis", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().clear();
      int code = builder.start().waitFor();
      Ran ran = new Ran(code, Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return ran;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  List<String> lines() {
    return out.lines().toList();
  }

  List<String> complaints() {
    return err.lines().toList();
  }
}
