package io.portcullis.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a shell needs to complete our commands and options. */
@Command(
    name = "completion",
    description = "Prints the completion script of a shell.",
    footerHeading = "%nTo use it:%n",
    footer = {
      "  bash: source <(portcullis completion bash)",
      "  zsh:  source <(portcullis completion zsh)",
      "  fish: portcullis completion fish | source"
    })
final class Completion implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "SHELL",
      description = "${COMPLETION-CANDIDATES}.",
      completionCandidates = Words.Shells.class)
  private Shell shell = Shell.BASH;

  /** The shells. */
  enum Shell {
    BASH,
    ZSH,
    FISH
  }

  @Override
  public Integer call() {
    CommandLine program = spec.root().commandLine();
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        switch (shell) {
          // The one script serves both: in zsh it switches bash's completion on.
          case BASH, ZSH -> AutoComplete.bash(program.getCommandName(), program);
          case FISH -> Fish.completion(program);
        });
    out.flush();
    return 0;
  }
}
