package io.portcullis.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.finding.Finding;
import io.portcullis.finding.Judged;
import io.portcullis.finding.Mode;
import io.portcullis.finding.ObjectRef;
import io.portcullis.kube.FieldPath;
import io.portcullis.text.Plain;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WordingTest {
  private static final String RECORD = "3f9c2a71";

  @Test
  void aViolationIsALineWithItsFixAndRecord() {
    assertThat(Wording.message(List.of(violation("ingress-tls", "served without TLS.")), RECORD))
        .isEqualTo(
            "[ingress-tls] Ingress shop/web, spec.rules: served without TLS. Fix: add it."
                + " (record 3f9c2a71)");
  }

  @Test
  void tenViolationsAreTenLines() {
    assertThat(Wording.message(violations(10), RECORD).lines()).hasSize(10);
  }

  @Test
  void ofElevenTheLastLineCountsWhatWasLeftOut() {
    assertThat(Wording.message(violations(11), RECORD).lines())
        .hasSize(10)
        .last()
        .isEqualTo("and 2 more: 2 of ingress-tls");
  }

  @Test
  void whatWasLeftOutIsCountedByRule() {
    List<Judged> many =
        Stream.concat(
                violations(9).stream(),
                Stream.of(violation("tier-label", "a."), violation("service-port", "b.")))
            .toList();
    assertThat(Wording.message(many, RECORD))
        .endsWith("and 2 more: 1 of service-port, 1 of tier-label");
  }

  @Test
  void twoKibibytesAreTheMostWhateverTheCharacters() {
    for (String letter : List.of("x", "ü", "門", "🚪")) {
      for (int count : List.of(1, 2, 5, 40)) {
        List<Judged> long1 =
            IntStream.range(0, count)
                .mapToObj(at -> violation("ingress-tls", letter.repeat(700)))
                .toList();
        String message = Wording.message(long1, RECORD);
        assertThat(Plain.bytes(message)).as("%d of %s", count, letter).isLessThanOrEqualTo(2048);
        assertThat(message).doesNotContain("\uFFFD").startsWith("[ingress-tls] Ingress shop/web");
        assertThat(message.lines().findFirst()).get().asString().endsWith("(record 3f9c2a71)");
        if (count > 5) {
          assertThat(message.lines().reduce((first, last) -> last).orElseThrow())
              .matches("and \\d+ more: \\d+ of ingress-tls");
        }
      }
    }
  }

  @Test
  void controlCharactersNeverReachATerminal() {
    String message =
        Wording.message(List.of(violation("ingress-tls", "a\u001b[31mb\nc\u202ed")), RECORD);
    assertThat(message).contains("a?[31mb?c?d").hasLineCount(1);
  }

  @Test
  void tenWarningsAreAllShown() {
    assertThat(Wording.warnings(lines(10), 10)).hasSize(10).startsWith("line 0");
  }

  @Test
  void ofElevenWarningsTheFirstSaysHowMany() {
    assertThat(Wording.warnings(lines(11), 10))
        .hasSize(10)
        .startsWith("portcullis: 11 warnings, of which 9 are shown", "line 0")
        .endsWith("line 8");
  }

  @Test
  void aWarningHas200CharactersAtMost() {
    assertThat(Wording.warnings(List.of("x".repeat(300)), 10))
        .containsExactly("x".repeat(197) + "...");
  }

  private static List<String> lines(int count) {
    return IntStream.range(0, count).mapToObj(at -> "line " + at).toList();
  }

  private static List<Judged> violations(int count) {
    return IntStream.range(0, count)
        .mapToObj(at -> violation("ingress-tls", "host " + at + " is served without TLS."))
        .toList();
  }

  private static Judged violation(String rule, String message) {
    ObjectRef web = new ObjectRef("Ingress", "shop", "web");
    FieldPath path = FieldPath.of("spec", "rules");
    return new Judged(Finding.violation(rule, web, path, message).fix("add it."), Mode.DENY);
  }
}
