package io.portcullis.cli.report;

import io.portcullis.cluster.manifests.ManifestProblem;
import io.portcullis.finding.ObjectRef;
import io.portcullis.text.Plain;
import java.util.List;
import java.util.stream.Collectors;

/**
 * JUnit's XML: each object is a test case that fails with its failures; what could not be read is a
 * case with an error. Findings that are no failures are the case's output.
 */
public record JunitFormat() implements Format {
  @Override
  public String write(Report report) {
    long failures =
        report.objects().stream().filter(object -> !failures(object, report).isEmpty()).count();
    StringBuilder xml = new StringBuilder();
    xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append(
        "<testsuites>\n  <testsuite name=\"portcullis\" tests=\"%d\" failures=\"%d\" errors=\"%d\">\n"
            .formatted(
                report.objects().size() + report.problems().size(),
                failures,
                report.problems().size()));
    report.objects().forEach(object -> testCase(object, report, xml));
    report.problems().forEach(problem -> error(problem, xml));
    return xml.append("  </testsuite>\n</testsuites>\n").toString();
  }

  private static List<Located> failures(Report.Checked object, Report report) {
    return object.findings().stream().filter(report::isFailure).toList();
  }

  private static void testCase(Report.Checked object, Report report, StringBuilder xml) {
    ObjectRef ref = ObjectRef.of(object.manifest().object());
    xml.append(
        "    <testcase name=\"%s\" classname=\"%s\""
            .formatted(escaped(ref.toString()), escaped(object.manifest().file())));
    if (object.findings().isEmpty()) {
      xml.append("/>\n");
      return;
    }
    xml.append(">\n");
    List<Located> failures = failures(object, report);
    if (!failures.isEmpty()) {
      xml.append(
          "      <failure type=\"%s\" message=\"%s\">%s</failure>\n"
              .formatted(
                  escaped(failures.getFirst().finding().rule()),
                  escaped(failures.getFirst().words()),
                  lines(failures)));
    }
    List<Located> others =
        object.findings().stream().filter(finding -> !report.isFailure(finding)).toList();
    if (!others.isEmpty()) {
      xml.append("      <system-out>%s</system-out>\n".formatted(lines(others)));
    }
    xml.append("    </testcase>\n");
  }

  private static String lines(List<Located> findings) {
    return findings.stream()
        .map(finding ->
            "%s:%s: %s %s"
                .formatted(
                    finding.file(),
                    finding.position(),
                    finding.mode().text(),
                    finding.finding().line()))
        .map(JunitFormat::escaped)
        .collect(Collectors.joining("\n"));
  }

  private static void error(ManifestProblem problem, StringBuilder xml) {
    String place = problem.position().map(at -> "line " + at).orElse("the whole");
    xml.append(
        "    <testcase name=\"%s\" classname=\"%s\">\n      <error type=\"unreadable\" message=\"%s\"/>\n    </testcase>\n"
            .formatted(place, escaped(problem.file()), escaped(problem.message())));
  }

  private static String escaped(String text) {
    return Plain.oneLine(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
