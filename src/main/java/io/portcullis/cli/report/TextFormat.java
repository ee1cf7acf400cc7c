package io.portcullis.cli.report;

import io.portcullis.finding.Mode;
import io.portcullis.finding.ObjectRef;
import io.portcullis.text.Plain;
import java.util.stream.Collectors;

/**
 * A line a finding, as compilers write them, then a summary.
 *
 * @param colour whether a terminal shows it
 */
public record TextFormat(Volume volume, boolean colour) implements Format {
  private static final String RED = "31";
  private static final String YELLOW = "33";
  private static final String DIM = "2";

  /** How much is said. */
  public enum Volume {
    /** Failures alone, without a summary. */
    QUIET,
    NORMAL,
    /** With the objects that a finding speaks of. */
    VERBOSE
  }

  @Override
  public String write(Report report) {
    StringBuilder text = new StringBuilder();
    for (Located finding : report.findings()) {
      if (volume != Volume.QUIET || report.isFailure(finding)) {
        line(finding, text);
      }
    }
    if (volume != Volume.QUIET) {
      text.append(
          "%d %s: %d deny, %d warn, %d audit%n"
              .formatted(
                  report.objects().size(),
                  report.objects().size() == 1 ? "object" : "objects",
                  report.count(Mode.DENY),
                  report.count(Mode.WARN),
                  report.count(Mode.AUDIT)));
    }
    return text.toString();
  }

  private void line(Located finding, StringBuilder text) {
    text.append(Plain.oneLine(finding.file()))
        .append(':')
        .append(finding.position())
        .append(": ")
        .append(coloured(finding.mode()))
        .append(' ')
        .append(Plain.oneLine(finding.finding().line()))
        .append(System.lineSeparator());
    if (volume == Volume.VERBOSE && !finding.finding().related().isEmpty()) {
      text.append("    see ")
          .append(
              finding.finding().related().stream()
                  .map(ObjectRef::toString)
                  .map(Plain::oneLine)
                  .collect(Collectors.joining(", ")))
          .append(System.lineSeparator());
    }
  }

  private String coloured(Mode mode) {
    String code =
        switch (mode) {
          case DENY -> RED;
          case WARN -> YELLOW;
          case AUDIT, OFF -> DIM;
        };
    return colour ? "\u001b[" + code + "m" + mode.text() + "\u001b[0m" : mode.text();
  }
}
