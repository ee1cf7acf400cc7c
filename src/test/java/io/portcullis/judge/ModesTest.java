package io.portcullis.judge;

import static io.portcullis.judge.Court.refusing;
import static io.portcullis.judge.Court.service;
import static io.portcullis.judge.Court.suspecting;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.finding.Change;
import io.portcullis.finding.Judged;
import io.portcullis.finding.Mode;
import io.portcullis.finding.Verdict;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Namespace;
import io.portcullis.net.Labels;
import io.portcullis.rules.Rule;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModesTest {
  private static final Change CREATION = Change.creation(service("shop", "web"));
  private static final Rule REFUSING = refusing("service-port");

  /** The modes from the finest setting to the coarsest, one taken away after the other. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          AUDIT, exception override rule top
          WARN,  override rule top
          AUDIT, rule top
          WARN,  top
          DENY,  nothing
          """)
  void theFinestSettingWins(Mode expected, String set) {
    String settings = "audit: {events: true}\n";
    if (set.contains("exception")) {
      settings += "exceptions: [{rule: service-port, name: web, reason: known}]\n";
    }
    if (set.contains("override")) {
      settings += "overrides: [{namespaces: {names: [shop]}, mode: warn}]\n";
    }
    if (set.contains("rule")) {
      settings += "rules: {service-port: audit}\n";
    }
    if (set.contains("top")) {
      settings += "mode: warn\n";
    }
    assertThat(mode(REFUSING, settings)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({"deny, WARN", "warn, WARN", "audit, AUDIT"})
  void aSuspicionIsNeverMoreThanAWarning(String set, Mode expected) {
    assertThat(mode(suspecting("service-port"), "mode: " + set)).contains(expected);
  }

  @Test
  void anAuditedFindingIsAYes() {
    Judgement judgement = Court.of(REFUSING).with("mode: audit").judge(CREATION);
    assertThat(judgement.verdict()).isEqualTo(Verdict.ALLOW);
    assertThat(judgement.record()).hasSize(8);
  }

  @Test
  void aRuleThatIsOffIsNotAsked() {
    Rule broken = Court.throwing("service-port", IllegalStateException::new);
    assertThat(Court.of(broken).with("rules: {service-port: off}").judge(CREATION).errors())
        .isEmpty();
    assertThat(mode(suspecting("service-port"), "rules: {service-port: off}")).isEmpty();
  }

  @Test
  void theModeForAllDoesNotWakeARuleThatIsOffByDefault() {
    Rule sleeping = refusing("ingress-host");
    assertThat(mode(sleeping, "audit: {events: true}")).isEmpty();
    assertThat(mode(sleeping, "mode: deny")).isEmpty();
    assertThat(mode(sleeping, "overrides: [{namespaces: {names: [shop]}, mode: deny}]")).isEmpty();
  }

  @Test
  void itsOwnEntryWakesARuleThatIsOffByDefault() {
    Rule sleeping = refusing("ingress-host");
    assertThat(mode(sleeping, "rules: {ingress-host: deny}")).contains(Mode.DENY);
    assertThat(
            mode(
                sleeping,
                "rules: {ingress-host: deny}\n"
                    + "overrides: [{namespaces: {names: [shop]}, mode: warn}]"))
        .contains(Mode.WARN);
  }

  @Test
  void theFirstOverrideThatMatchesWins() {
    assertThat(
            mode(
                REFUSING,
                """
                overrides:
                  - {namespaces: {names: [bank]}, mode: off}
                  - {namespaces: {matchLabels: {stage: dev}}, mode: warn}
                  - {namespaces: {names: [shop]}, mode: audit}
                """))
        .contains(Mode.WARN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          kind: Service; AUDIT
          kind: Ingress; DENY
          namespace: shop; AUDIT
          namespace: bank; DENY
          name: web; AUDIT
          name: api; DENY
          user: alice; AUDIT
          user: bob; DENY
          group: admins; AUDIT
          group: auditors; DENY
          expires: 2026-01-15; AUDIT
          expires: 2026-01-14; DENY
          """)
  void anExceptionHoldsForAllThatItNamesAndToItsLastDay(String condition, Mode expected) {
    Change change = Court.by(CREATION, "alice", "admins", "system:authenticated");
    Judgement judgement =
        Court.of(REFUSING)
            .with("exceptions: [{rule: service-port, reason: known, %s}]".formatted(condition))
            .judge(change);
    assertThat(judgement.findings()).extracting(Judged::mode).containsExactly(expected);
  }

  @Test
  void anExceptionOfAnotherRuleIsNone() {
    assertThat(mode(REFUSING, "exceptions: [{rule: tier-label, name: web, reason: known}]"))
        .contains(Mode.DENY);
  }

  private static Optional<Mode> mode(Rule rule, String settings) {
    List<Judged> findings =
        Court.of(rule)
            .among(new Namespace(Meta.of("", "shop", Labels.of("stage", "dev"))))
            .with(settings)
            .judge(CREATION)
            .findings();
    assertThat(findings).hasSizeLessThan(2);
    return findings.stream().map(Judged::mode).findFirst();
  }
}
