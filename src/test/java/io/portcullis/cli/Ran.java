package io.portcullis.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine;

/** What came of a command. */
record Ran(int code, String out, String err) {
  /** Runs the program as a shell would, without any environment. */
  static Ran portcullis(String... args) {
    CommandLine program = Main.commandLine(new Defaults(name -> null, Map.of(), new Properties()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    program.setOut(new PrintWriter(out, true));
    program.setErr(new PrintWriter(err, true));
    int code = program.execute(args);
    return new Ran(code, out.toString(), err.toString());
  }

  List<String> lines() {
    return out.lines().toList();
  }

  List<String> complaints() {
    return err.lines().toList();
  }
}
