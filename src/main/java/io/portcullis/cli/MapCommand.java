package io.portcullis.cli;

import io.portcullis.cli.map.MapCsv;
import io.portcullis.cli.map.MapDot;
import io.portcullis.cli.map.MapFormat;
import io.portcullis.cli.map.MapJson;
import io.portcullis.cli.map.MapText;
import io.portcullis.cli.map.TierNames;
import io.portcullis.cluster.manifests.ManifestProblem;
import io.portcullis.cluster.manifests.Manifests;
import io.portcullis.cluster.watch.LiveReadException;
import io.portcullis.reach.ReachMap;
import io.portcullis.reach.Scene;
import io.portcullis.settings.Settings;
import io.portcullis.text.Plain;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Who can connect to whom. */
@Command(
    name = "map",
    description = "Shows who can connect to whom: what policies leave open, on which ports.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:all was read", "2:something could not be read"})
final class MapCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = "Files, folders (read with all below: .yaml, .yml, .json), - for stdin.")
  private List<String> paths = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).",
      completionCandidates = Words.MapOutputs.class)
  private Output output = Output.TEXT;

  @Mixin private SettingsOption settings = new SettingsOption();

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = {"-q", "--quiet"},
      description = "Do not print notes.")
  private boolean quiet = false;

  /** The formats. */
  enum Output {
    TEXT,
    JSON,
    CSV,
    DOT
  }

  @Override
  public Integer call() {
    if (paths.isEmpty() && !cluster.isNamed()) {
      throw new ParameterException(
          spec.commandLine(), "nothing to map: name a PATH, or a cluster with --context");
    }
    List<String> bad = settings.problems();
    if (!bad.isEmpty()) {
      bad.forEach(this::complain);
      return Main.COULD_NOT;
    }
    Manifests manifests = Manifests.read(paths, cluster.namespace(), System.in);
    try {
      return draw(manifests, cluster.read(manifests));
    } catch (LiveReadException e) {
      complain(String.valueOf(e.getMessage()));
      return Main.COULD_NOT;
    }
  }

  private int draw(Manifests manifests, Background background) {
    Settings by = settings.amid(manifests, background);
    Scene scene = new Scenery(by).with(background.objects()).applying(manifests).scene();
    PrintWriter out = spec.commandLine().getOut();
    format(new TierNames(by.tiers())).write(ReachMap.of(scene), out);
    out.flush();
    if (!quiet) {
      Stream.concat(background.notes().stream(), Notes.of(scene).stream()).forEach(this::complain);
    }
    List<ManifestProblem> problems =
        Stream.concat(background.problems().stream(), manifests.problems().stream()).toList();
    problems.forEach(problem -> complain(problem.toString()));
    return problems.isEmpty() ? 0 : Main.COULD_NOT;
  }

  private MapFormat format(TierNames tiers) {
    return switch (output) {
      case TEXT -> new MapText(tiers);
      case JSON -> new MapJson(tiers);
      case CSV -> new MapCsv();
      case DOT -> new MapDot(tiers);
    };
  }

  private void complain(String line) {
    spec.commandLine().getErr().println(Plain.oneLine(line));
  }
}
