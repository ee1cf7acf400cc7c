package io.portcullis.cli;

import io.portcullis.cli.map.MapCsv;
import io.portcullis.cli.map.MapDot;
import io.portcullis.cli.map.MapFormat;
import io.portcullis.cli.map.MapJson;
import io.portcullis.cli.map.MapSvg;
import io.portcullis.cli.map.MapText;
import io.portcullis.cli.map.TierNames;
import io.portcullis.reach.ReachMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who can connect to whom. */
@Command(
    name = "map",
    description = "Shows who can connect to whom: what policies leave open, on which ports.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:all was read", "2:something could not be read"})
final class MapCommand implements Callable<Integer> {
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

  @Mixin private Reading reading = new Reading();

  /** The formats. */
  enum Output {
    TEXT,
    JSON,
    CSV,
    DOT,
    SVG
  }

  @Override
  public Integer call() {
    return reading.about(paths, this::draw);
  }

  private int draw(Reading.Seen seen) {
    format(new TierNames(seen.settings().tiers())).write(ReachMap.of(seen.last()), reading.out());
    reading.out().flush();
    return 0;
  }

  private MapFormat format(TierNames tiers) {
    return switch (output) {
      case TEXT -> new MapText(tiers);
      case JSON -> new MapJson(tiers);
      case CSV -> new MapCsv();
      case DOT -> new MapDot(tiers);
      case SVG -> new MapSvg(tiers);
    };
  }
}
