package io.portcullis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.finding.Finding;
import io.portcullis.finding.Judged;
import io.portcullis.finding.Mode;
import io.portcullis.judge.Judgement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each sample of each rule gives exactly the findings that stand beside it, from whatever rule, and
 * each mechanical fix mends. {@code -Dportcullis.rule=ID} runs one rule's alone; {@code
 * -Dportcullis.samples.write=true} writes the expectations instead of checking them: read the diff.
 */
class SamplesTest {
  private static final Path SAMPLES = Path.of("src/test/resources/rules");
  private static final String ONE_RULE = System.getProperty("portcullis.rule", "");
  private static final boolean WRITE = Boolean.getBoolean("portcullis.samples.write");

  @TestFactory
  Stream<DynamicTest> eachSampleGivesItsFindings() throws IOException {
    return cases().map(each -> DynamicTest.dynamicTest(each.title(), () -> check(each)));
  }

  @TestFactory
  Stream<DynamicTest> eachMechanicalFixMends() throws IOException {
    return cases()
        .flatMap(each ->
            each.sample().judge().findings().stream()
                .filter(judged -> !judged.finding().patch().isEmpty())
                .map(judged ->
                    DynamicTest.dynamicTest(
                        each.title() + ", " + judged.finding().path(),
                        () -> checkFix(each.sample(), judged.finding()))));
  }

  private static void check(Case each) throws IOException {
    Judgement judgement = each.sample().judge();
    assertThat(judgement.errors()).isEmpty();
    List<Judged> findings = judgement.findings();
    List<String> lines = findings.stream().map(Sample::line).toList();
    if (WRITE) {
      Files.write(each.expectation(), lines);
    }
    assertThat(lines).isEqualTo(Files.readAllLines(each.expectation()));
    List<Mode> modes = findings.stream().map(Judged::mode).toList();
    switch (each.promise()) {
      case "allowed" -> assertThat(modes).isEmpty();
      case "warned" -> assertThat(modes).isNotEmpty().doesNotContain(Mode.DENY);
      case "denied" -> assertThat(modes).contains(Mode.DENY);
      default -> throw new AssertionError(each.title() + ": begin with allowed-, warned-, denied-");
    }
  }

  private static void checkFix(Sample sample, Finding finding) {
    assertThat(sample.mended(finding.patch()).judge().findings())
        .extracting(Judged::finding)
        .noneMatch(left -> left.sameAs(finding));
  }

  private static Stream<Case> cases() throws IOException {
    try (Stream<Path> files = Files.walk(SAMPLES)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.toString().endsWith(".old.yaml"))
          .map(Case::new)
          .filter(each -> ONE_RULE.isEmpty() || each.rule().equals(ONE_RULE))
          .sorted(Comparator.comparing(Case::title))
          .toList()
          .stream();
    }
  }

  /**
   * A sample's file: {@code denied-typo.yaml}, {@code denied-typo.new.yaml} of an UPDATE, {@code
   * denied-typo.deleted.yaml} of a DELETE, {@code denied-typo.whole.yaml} of an object among all
   * that there will be, as {@code check} and the scan see it.
   */
  private record Case(Path file) {
    String rule() {
      return file.getParent().getFileName().toString();
    }

    String name() {
      return file.getFileName()
          .toString()
          .replaceFirst("(\\.new|\\.deleted|\\.whole)?\\.yaml$", "");
    }

    String title() {
      return rule() + "/" + name();
    }

    String promise() {
      return name().replaceFirst("-.*", "");
    }

    Path expectation() {
      return file.resolveSibling(name() + ".findings");
    }

    Sample sample() {
      Path old = file.resolveSibling(name() + ".old.yaml");
      try {
        if (Files.exists(old)) {
          return Sample.update(Files.readString(old), Files.readString(file));
        }
        if (file.toString().endsWith(".whole.yaml")) {
          return Sample.whole(Files.readString(file));
        }
        return file.toString().endsWith(".deleted.yaml")
            ? Sample.deletion(Files.readString(file))
            : Sample.creation(Files.readString(file));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
