package io.portcullis.cli;

import io.portcullis.cli.report.Format;
import io.portcullis.cli.report.GithubFormat;
import io.portcullis.cli.report.JsonFormat;
import io.portcullis.cli.report.JunitFormat;
import io.portcullis.cli.report.Report;
import io.portcullis.cli.report.SarifFormat;
import io.portcullis.cli.report.TextFormat;
import io.portcullis.cluster.manifests.ManifestProblem;
import io.portcullis.cluster.manifests.Manifests;
import io.portcullis.cluster.watch.LiveReadException;
import io.portcullis.finding.Mode;
import io.portcullis.rules.RuleBook;
import io.portcullis.settings.Settings;
import io.portcullis.text.Plain;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges manifests. */
@Command(
    name = "check",
    description =
        "Judges manifests as if each were created into the cluster that all of them make up.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:nothing found at or above --fail-on",
      "1:findings",
      "2:something could not be read"
    })
final class Check implements Callable<Integer> {
  private static final int FOUND = 1;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "Files, folders (read with all below: .yaml, .yml, .json), - for stdin.")
  private List<String> paths = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).",
      completionCandidates = Words.Outputs.class)
  private Output output = Output.TEXT;

  @Option(
      names = "--fail-on",
      paramLabel = "MODE",
      defaultValue = "deny",
      description =
          "Exit with 1 for findings of this mode or worse: ${COMPLETION-CANDIDATES} (default"
              + " ${DEFAULT-VALUE}; off: never).",
      completionCandidates = Words.Modes.class)
  private Mode failOn = Mode.DENY;

  @Mixin private SettingsOption settings = new SettingsOption();

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @ArgGroup private VolumeOptions volume = new VolumeOptions();

  /** How much is said. */
  static final class VolumeOptions {
    @Option(
        names = {"-q", "--quiet"},
        description = "Print failures only, no summary.")
    private boolean quiet = false;

    @Option(
        names = {"-v", "--verbose"},
        description = "Print the objects that findings speak of too.")
    private boolean verbose = false;

    TextFormat.Volume volume() {
      if (quiet) {
        return TextFormat.Volume.QUIET;
      }
      return verbose ? TextFormat.Volume.VERBOSE : TextFormat.Volume.NORMAL;
    }
  }

  /** The formats. */
  enum Output {
    TEXT,
    JSON,
    SARIF,
    JUNIT,
    GITHUB
  }

  @Override
  public Integer call() {
    List<String> bad = settings.problems();
    if (!bad.isEmpty()) {
      bad.forEach(this::complain);
      return Main.COULD_NOT;
    }
    Manifests manifests = Manifests.read(paths, cluster.namespace(), System.in);
    try {
      Background background = cluster.read(manifests);
      return judge(manifests, background, settings.amid(manifests, background));
    } catch (LiveReadException e) {
      complain(String.valueOf(e.getMessage()));
      return Main.COULD_NOT;
    }
  }

  private int judge(Manifests manifests, Background background, Settings by) {
    RuleBook book = RuleBook.standard();
    Checking checking = new Checking(book, by, LocalDate.now(ZoneOffset.UTC), failOn);
    Report report = checking.check(manifests, background);
    PrintWriter out = spec.commandLine().getOut();
    out.print(format(book).write(report));
    out.flush();
    manifests.notes().forEach(this::complain);
    background.notes().forEach(this::complain);
    for (ManifestProblem problem : report.problems()) {
      complain(problem.toString());
    }
    checking.errors().forEach(this::complain);
    if (!report.problems().isEmpty() || !checking.errors().isEmpty()) {
      return Main.COULD_NOT;
    }
    return report.fails() ? FOUND : 0;
  }

  private Format format(RuleBook book) {
    return switch (output) {
      case TEXT -> new TextFormat(volume.volume(), Terminal.wantsColour());
      case JSON -> new JsonFormat();
      case SARIF -> new SarifFormat(Version.text(), book);
      case JUNIT -> new JunitFormat();
      case GITHUB -> new GithubFormat();
    };
  }

  private void complain(String line) {
    spec.commandLine().getErr().println(Plain.oneLine(line));
  }
}
