package io.portcullis.cli;

import io.portcullis.settings.SettingsSchema;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The schema of the settings, for editors. */
@Command(name = "schema", description = "Prints the JSON Schema of the settings.")
final class Schema implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(SettingsSchema.text());
    out.flush();
    return 0;
  }
}
