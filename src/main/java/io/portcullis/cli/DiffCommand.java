package io.portcullis.cli;

import io.portcullis.cli.map.DiffJson;
import io.portcullis.cli.map.DiffText;
import io.portcullis.cli.map.TierNames;
import io.portcullis.reach.ReachDiff;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Connections gained and lost. */
@Command(
    name = "diff",
    description = {
      "Shows the connections that one set of manifests has and another lacks.",
      "With --context or --cluster in place of OLD: what applying NEW would do to that cluster."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:no difference", "1:a difference", "2:something could not be read"})
final class DiffCommand implements Callable<Integer> {
  private static final int DIFFERENT = 1;
  private static final int BOTH = 2;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "OLD and NEW, each a file, a folder or -; of a cluster what is applied to it.")
  private List<String> paths = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).",
      completionCandidates = Words.AnswerOutputs.class)
  private AnswerOutput output = AnswerOutput.TEXT;

  @Mixin private Reading reading = new Reading();

  @Override
  public Integer call() {
    if (reading.hasCluster()) {
      return reading.aboutChange(paths, this::compare);
    }
    if (paths.size() != BOTH) {
      throw new ParameterException(
          spec.commandLine(),
          "want OLD and NEW, or a cluster with --context or --cluster and what to apply to it");
    }
    return reading.aboutBoth(paths.getFirst(), paths.getLast(), this::compare);
  }

  private int compare(Reading.Seen seen) {
    ReachDiff diff = ReachDiff.between(seen.scenes().getFirst(), seen.last());
    switch (output) {
      case TEXT -> new DiffText().write(diff, reading.out());
      case JSON -> new DiffJson(new TierNames(seen.settings().tiers())).write(diff, reading.out());
    }
    reading.out().flush();
    return diff.isEmpty() ? 0 : DIFFERENT;
  }
}
