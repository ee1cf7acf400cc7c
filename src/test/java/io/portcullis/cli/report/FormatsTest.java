package io.portcullis.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.portcullis.cli.report.TextFormat.Volume;
import io.portcullis.finding.Mode;
import io.portcullis.rules.RuleBook;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class FormatsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/report");
  private static final Report REPORT = SomeReport.failingOn(Mode.DENY);

  @Test
  void textIsALineAFindingAndASummary() throws IOException {
    assertThat(new TextFormat(Volume.NORMAL, false).write(REPORT)).isEqualTo(golden("normal.txt"));
  }

  @Test
  void quietTextIsTheFailuresAlone() throws IOException {
    assertThat(new TextFormat(Volume.QUIET, false).write(REPORT)).isEqualTo(golden("quiet.txt"));
    assertThat(new TextFormat(Volume.QUIET, false).write(SomeReport.failingOn(Mode.OFF))).isEmpty();
  }

  @Test
  void verboseTextNamesTheObjectsThatAFindingSpeaksOf() throws IOException {
    assertThat(new TextFormat(Volume.VERBOSE, false).write(REPORT))
        .isEqualTo(golden("verbose.txt"));
  }

  @Test
  void colourIsAroundTheModeOnly() {
    assertThat(new TextFormat(Volume.NORMAL, true).write(REPORT))
        .contains(":6:5: \u001b[31mdeny\u001b[0m [service-selector]", ": \u001b[33mwarn\u001b[0m [")
        .doesNotContain("?[31m\u001b");
  }

  @Test
  void jsonHasTheFieldsThatProgramsHoldOnTo() throws IOException {
    assertThat(new JsonFormat().write(REPORT)).isEqualTo(golden("report.json"));
  }

  @Test
  void sarifIsAsTheStandardWantsIt() throws IOException {
    String sarif = new SarifFormat("0.1.0", new RuleBook(List.of())).write(REPORT);
    assertThat(sarif).isEqualTo(golden("report.sarif"));
    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(golden("sarif.schema.json"), InputFormat.JSON)
                .validate(sarif, InputFormat.JSON))
        .isEmpty();
  }

  @Test
  void sarifNamesEachRuleOnceAndPointsToIt() {
    String sarif = new SarifFormat("0.1.0", RuleBook.standard()).write(REPORT);
    assertThat(sarif).containsOnlyOnce("\"id\" : \"tier-label\"").contains("\"ruleIndex\" : ");
  }

  @Test
  void junitIsACaseForEachObjectAndEachUnreadableFile() throws Exception {
    String xml = new JunitFormat().write(REPORT);
    assertThat(xml).isEqualTo(golden("report.xml"));
    Element suite =
        (Element)
            DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagName("testsuite")
                .item(0);
    assertThat(suite.getElementsByTagName("testcase").getLength())
        .isEqualTo(Integer.parseInt(suite.getAttribute("tests")));
    assertThat(suite.getElementsByTagName("failure").getLength()).isEqualTo(1);
  }

  @Test
  void junitFailsWhatFailOnSays() {
    assertThat(new JunitFormat().write(SomeReport.failingOn(Mode.AUDIT)))
        .contains("failures=\"2\"");
    assertThat(new JunitFormat().write(SomeReport.failingOn(Mode.OFF))).contains("failures=\"0\"");
  }

  @Test
  void githubAnnotationsAreEscaped() throws IOException {
    assertThat(new GithubFormat().write(REPORT)).isEqualTo(golden("report.github"));
  }

  private static String golden(String file) throws IOException {
    return Files.readString(GOLDEN.resolve(file));
  }
}
