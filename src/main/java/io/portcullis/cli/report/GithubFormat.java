package io.portcullis.cli.report;

import io.portcullis.cluster.manifests.ManifestProblem;
import io.portcullis.finding.Mode;
import io.portcullis.text.Plain;

/** Workflow commands that a code host shows as annotations in the changed files. */
public record GithubFormat() implements Format {
  @Override
  public String write(Report report) {
    StringBuilder text = new StringBuilder();
    for (Located finding : report.findings()) {
      text.append(
          "::%s file=%s,line=%d,col=%d,title=%s::%s\n"
              .formatted(
                  command(finding.mode()),
                  property(finding.file()),
                  finding.position().line(),
                  finding.position().column(),
                  property(finding.finding().rule()),
                  data(finding.finding().line())));
    }
    report.problems().forEach(problem -> problem(problem, text));
    return text.toString();
  }

  private static void problem(ManifestProblem problem, StringBuilder text) {
    String place =
        problem
            .position()
            .map(at -> ",line=%d,col=%d".formatted(at.line(), at.column()))
            .orElse("");
    text.append(
        "::error file=%s%s,title=unreadable::%s\n"
            .formatted(property(problem.file()), place, data(problem.message())));
  }

  private static String command(Mode mode) {
    return switch (mode) {
      case DENY -> "error";
      case WARN -> "warning";
      case AUDIT, OFF -> "notice";
    };
  }

  private static String data(String text) {
    return Plain.oneLine(text).replace("%", "%25");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
