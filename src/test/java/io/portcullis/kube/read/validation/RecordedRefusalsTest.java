package io.portcullis.kube.read.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.portcullis.kube.read.ReadProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Our verdict on each sample against the one that a real API server gave. */
class RecordedRefusalsTest {
  /** Where we say the same in words that name no internal structure and no flag of the server. */
  private static final Set<String> IN_OUR_WORDS =
      Set.of(
          "admin-policy-priority-text",
          "admin-policy-selector-value-number",
          "service-node-port-too-large",
          "service-node-port-twice",
          "service-port-twice");

  /** Where the API server says one mistake twice, and we once. */
  private static final Set<String> TOLD_TWICE_BY_THE_SERVER =
      Set.of(
          "deployment-selector-operator",
          "generate-name-upper-case",
          "service-port-too-large",
          "service-port-zero");

  @TestFactory
  Stream<DynamicTest> weRefuseWhatTheApiServerRefusesAndNothingElse() {
    return Sample.all().stream()
        .map(sample ->
            dynamicTest(
                sample.name(),
                () -> assertThat(sample.problems().isEmpty()).isEqualTo(sample.accepted())));
  }

  @TestFactory
  Stream<DynamicTest> weSayItInTheApiServersWords() {
    return Sample.all().stream()
        .filter(sample -> !sample.messages().isEmpty() && !IN_OUR_WORDS.contains(sample.name()))
        .map(sample -> dynamicTest(sample.name(), () -> saysTheSame(sample)));
  }

  private static void saysTheSame(Sample sample) {
    List<String> ours = sample.problems().stream().map(ReadProblem::message).toList();
    if (TOLD_TWICE_BY_THE_SERVER.contains(sample.name())) {
      assertThat(sample.messages()).containsAll(ours).hasSizeGreaterThan(ours.size());
    } else {
      assertThat(ours).containsExactlyInAnyOrderElementsOf(sample.messages());
    }
  }

  @TestFactory
  Stream<DynamicTest> eachProblemNamesItsPlaceAndField() {
    return Sample.all().stream()
        .filter(sample -> !sample.accepted())
        .map(sample ->
            dynamicTest(
                sample.name(),
                () ->
                    assertThat(sample.told())
                        .isEqualTo(
                            Sample.text(Sample.FOLDER.resolve(sample.name() + ".problems")))));
  }

  @Test
  void samplesThatAreAcceptedAreNamedSo() {
    for (Sample sample : Sample.all()) {
      assertThat(sample.accepted())
          .as(sample.name())
          .isEqualTo(sample.name().startsWith("accepted-"));
    }
  }

  @Test
  void everySampleIsOnThePageAndNothingElseIs() {
    String page = Sample.text(Path.of("docs/validation.md"));
    List<String> listed =
        page.lines()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(3, line.indexOf('`', 3)))
            .toList();
    assertThat(listed)
        .containsExactlyInAnyOrderElementsOf(Sample.all().stream().map(Sample::name).toList());
  }
}
