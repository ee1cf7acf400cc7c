package io.portcullis.cli;

import io.portcullis.cli.serve.SettingsText;
import io.portcullis.text.Plain;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks whether settings are valid before they go into a cluster. */
@Command(
    name = "settings",
    description = "Says whether a settings file is valid, else what is wrong with it and where.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:valid", "2:invalid, or it can't be read"})
final class SettingsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      description =
          "The settings: what the ConfigMap portcullis-system/portcullis holds under"
              + " portcullis.yaml.")
  private Path file = Path.of("portcullis.yaml");

  @Override
  public Integer call() {
    List<String> problems = SettingsText.problems(file);
    if (problems.isEmpty()) {
      spec.commandLine().getOut().println(file + " is valid");
      return 0;
    }
    problems.forEach(problem -> spec.commandLine().getErr().println(Plain.oneLine(problem)));
    return Main.COULD_NOT;
  }
}
