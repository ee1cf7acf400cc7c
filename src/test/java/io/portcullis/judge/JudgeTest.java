package io.portcullis.judge;

import static io.portcullis.judge.Court.refusing;
import static io.portcullis.judge.Court.refusingAddresses;
import static io.portcullis.judge.Court.resting;
import static io.portcullis.judge.Court.service;
import static io.portcullis.judge.Court.suspecting;
import static io.portcullis.judge.Court.throwing;
import static io.portcullis.judge.Court.violation;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.finding.Change;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Judged;
import io.portcullis.finding.Mode;
import io.portcullis.finding.Verdict;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Owner;
import io.portcullis.kube.Pod;
import io.portcullis.kube.PodSpec;
import io.portcullis.kube.Service;
import io.portcullis.net.Labels;
import io.portcullis.rules.Rule;
import io.portcullis.rules.RuleInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JudgeTest {
  private static final Service WEB = service("shop", "web");
  private static final Change CREATION = Change.creation(WEB);

  @Test
  void aViolationIsRefused() {
    Judgement judgement = Court.of(refusing("service-port")).judge(CREATION);
    assertThat(judgement.verdict()).isEqualTo(Verdict.DENY);
    assertThat(modes(judgement)).containsExactly(Mode.DENY);
  }

  @Test
  void aSuspicionOnlyWarns() {
    assertThat(Court.of(suspecting("service-port")).judge(CREATION).verdict())
        .isEqualTo(Verdict.WARN);
  }

  @Test
  void nothingToSayIsAYesWithoutARecord() {
    Judgement judgement = Court.of(refusingAddresses("service-port")).judge(CREATION);
    assertThat(judgement.verdict()).isEqualTo(Verdict.ALLOW);
    assertThat(judgement.record()).isEmpty();
  }

  @Test
  void whatTheOldObjectHadOnlyWarns() {
    Change change =
        Change.update(service("shop", "web", "1.1.1.1"), service("shop", "web", "1.1.1.1", "::1"));
    Judgement judgement = Court.of(refusingAddresses("service-port")).judge(change);
    assertThat(judgement.findings(Mode.DENY)).extracting(JudgeTest::message).containsExactly("::1");
    assertThat(judgement.findings(Mode.WARN))
        .extracting(JudgeTest::message)
        .containsExactly("1.1.1.1");
  }

  @Test
  void whatTheOldObjectHadElsewhereInAListOnlyWarns() {
    Change change =
        Change.update(service("shop", "web", "1.1.1.1"), service("shop", "web", "1.1.1.1"));
    Rule moving =
        new Court.Says(
            "service-port",
            RuleInfo.View.THE_OBJECT,
            question ->
                List.of(
                    Finding.violation(
                            "service-port",
                            question.ref(),
                            FieldPath.of("spec", "ports")
                                .index(question.change().oldObject().isPresent() ? 3 : 0),
                            "at " + question.change().operation())
                        .about("the port")));
    Service labelled =
        new Service(
            WEB.meta(),
            Service.Type.NODE_PORT,
            WEB.selector(),
            "",
            List.of(),
            Service.Addresses.DEFAULT);
    assertThat(modes(Court.of(moving).judge(Change.update(WEB, labelled))))
        .containsExactly(Mode.WARN);
    assertThat(Court.of(moving).judge(change).findings()).isEmpty();
  }

  @Test
  void anotherRulesFindingWithTheSameWordsIsNew() {
    Rule onlyNew =
        new Court.Says(
            "service-overlap",
            RuleInfo.View.THE_OBJECT,
            question ->
                question.change().oldObject().isPresent()
                    ? List.of(violation("service-overlap", question, "wrong"))
                    : List.of());
    Change change = Change.update(WEB, service("shop", "web", "::1"));
    Judgement judgement = Court.of(refusing("service-port"), onlyNew).judge(change);
    assertThat(judgement.findings(Mode.DENY))
        .extracting(judged -> judged.finding().rule())
        .containsExactly("service-overlap");
  }

  @Test
  void aRuleThatBreaksOverTheOldObjectRefusesNothing() {
    Rule breaking =
        new Court.Says(
            "service-port",
            RuleInfo.View.THE_OBJECT,
            question -> {
              if (question.change().oldObject().isEmpty()) {
                throw new IllegalStateException("old");
              }
              return List.of(violation("service-port", question, "wrong"));
            });
    Judgement judgement =
        Court.of(breaking).judge(Change.update(WEB, service("shop", "web", "::1")));
    assertThat(modes(judgement)).containsExactly(Mode.WARN);
    assertThat(judgement.errors()).hasSize(1);
  }

  @Test
  void aChangeThatTouchesNoFactsIsNotJudged() {
    Change change =
        Change.update(WEB, service(Meta.of("shop", "web", Labels.of("team", "payments"))));
    assertThat(Court.of(refusing("service-port")).judge(change).verdict()).isEqualTo(Verdict.ALLOW);
  }

  @Test
  void aDenialThatTheClusterConfirmsStands() {
    Court court = Court.of(resting("service-port"));
    assertThat(modes(court.confirmedBy((_, _) -> Confirmation.Answer.YES).judge(CREATION)))
        .containsExactly(Mode.DENY);
  }

  @ParameterizedTest
  @EnumSource(
      value = Confirmation.Answer.class,
      names = {"NO", "UNKNOWN"})
  void aDenialThatTheClusterDoesNotConfirmWarns(Confirmation.Answer answer) {
    Judgement judgement =
        Court.of(resting("service-port")).confirmedBy((_, _) -> answer).judge(CREATION);
    assertThat(modes(judgement)).containsExactly(Mode.WARN);
    assertThat(judgement.verdict()).isEqualTo(Verdict.WARN);
  }

  @Test
  void aConfirmationThatBreaksWarns() {
    Confirmation broken =
        (_, _) -> {
          throw new IllegalStateException("no connection");
        };
    assertThat(modes(Court.of(resting("service-port")).confirmedBy(broken).judge(CREATION)))
        .containsExactly(Mode.WARN);
  }

  @Test
  void pastTheDeadlineNothingIsAskedAndNothingDeniedThatNeedsAsking() {
    AtomicInteger asked = new AtomicInteger();
    Judgement judgement =
        Court.of(resting("service-port"), refusing("tier-label"))
            .confirmedBy((_, _) -> yes(asked))
            .outOfTime()
            .judge(CREATION);
    assertThat(modes(judgement)).containsExactly(Mode.DENY, Mode.WARN);
    assertThat(asked).hasValue(0);
  }

  @Test
  void whatOnlyWarnsIsNeverConfirmed() {
    AtomicInteger asked = new AtomicInteger();
    Court.of(resting("service-port"))
        .with("mode: warn")
        .confirmedBy((_, _) -> yes(asked))
        .judge(CREATION);
    assertThat(asked).hasValue(0);
  }

  @Test
  void whatTheObjectItselfShowsIsNeverConfirmed() {
    AtomicInteger asked = new AtomicInteger();
    Court.of(refusing("service-port")).confirmedBy((_, _) -> yes(asked)).judge(CREATION);
    assertThat(asked).hasValue(0);
  }

  private static Confirmation.Answer yes(AtomicInteger asked) {
    asked.incrementAndGet();
    return Confirmation.Answer.YES;
  }

  @Test
  void aRuleThatBreaksIsReportedAndTheOthersJudgeOn() {
    Judgement judgement =
        Court.of(throwing("service-port", NullPointerException::new), refusing("tier-label"))
            .judge(CREATION);
    assertThat(judgement.verdict()).isEqualTo(Verdict.DENY);
    assertThat(judgement.errors()).extracting(RuleError::rule).containsExactly("service-port");
  }

  @Test
  void aRuleThatBreaksAloneIsAnErrorAndNoDenial() {
    Judgement judgement =
        Court.of(throwing("service-port", IllegalStateException::new), suspecting("tier-label"))
            .judge(CREATION);
    assertThat(judgement.verdict()).isEqualTo(Verdict.ERROR);
    assertThat(judgement.record()).hasSize(8);
    assertThat(modes(judgement)).containsExactly(Mode.WARN);
  }

  @Test
  void aRuleThatOverflowsTheStackIsReportedToo() {
    Judgement judgement =
        Court.of(throwing("service-port", JudgeTest::endless), refusing("tier-label"))
            .judge(CREATION);
    assertThat(judgement.verdict()).isEqualTo(Verdict.DENY);
    assertThat(judgement.errors())
        .extracting(RuleError::message)
        .containsExactly("java.lang.StackOverflowError");
  }

  @SuppressWarnings("InfiniteRecursion") // The point of it.
  private static RuntimeException endless() {
    return endless();
  }

  @Test
  void worstFirstThenByTheCatalogueThenByThePathThenByTheWords() {
    Rule many =
        new Court.Says(
            "ingress-tls",
            RuleInfo.View.THE_OBJECT,
            question ->
                IntStream.of(10, 2, 2)
                    .mapToObj(i ->
                        Finding.violation(
                            "ingress-tls",
                            question.ref(),
                            FieldPath.of("spec", "rules").index(i),
                            i == 10 ? "ten" : "two"))
                    .toList());
    Judgement judgement =
        Court.of(suspecting("service-port"), many, refusing("tier-label")).judge(CREATION);
    assertThat(judgement.findings())
        .extracting(JudgeTest::message)
        .containsExactly("wrong", "two", "two", "ten", "perhaps wrong");
  }

  @Test
  void theSameMistakeTriedAgainKeepsItsRecord() {
    Court court = Court.of(refusing("service-port"));
    Judgement first = court.judge(CREATION);
    assertThat(first.record()).matches("[0-9a-f]{8}");
    assertThat(court.judge(Change.creation(service("shop", "web", "::1"))).record())
        .isEqualTo(first.record());
  }

  @Test
  void thePodsOfOneReplicaSetShareTheirRecord() {
    Court court = Court.of(refusing("tier-label"));
    assertThat(court.judge(Change.creation(made("web-5d4-a", "web-5d4"))).record())
        .isEqualTo(court.judge(Change.creation(made("web-5d4-b", "web-5d4"))).record())
        .isNotEqualTo(court.judge(Change.creation(made("web-7f9-a", "web-7f9"))).record());
  }

  @Test
  void anotherMistakeHasAnotherRecord() {
    String record = Court.of(refusing("service-port")).judge(CREATION).record();
    Court court = Court.of(refusing("service-port"));
    assertThat(
            List.of(
                court.judge(Change.creation(service("shop", "api"))).record(),
                court.judge(Change.creation(service("bank", "web"))).record(),
                court.with("mode: deny").judge(CREATION).record(),
                Court.of(refusing("service-overlap")).judge(CREATION).record(),
                Court.of(refusing("service-port"), refusing("tier-label"))
                    .judge(CREATION)
                    .record()))
        .doesNotHaveDuplicates()
        .doesNotContain(record);
  }

  @Test
  void anObjectThatIsYetToBeNamedIsKnownByItsPrefix() {
    Set<String> records = new HashSet<>();
    for (String made : List.of("", "web-4zx8m", "web-7kq2p")) {
      Meta meta = new Meta("shop", made, "web-", "u", "", Labels.EMPTY, Map.of(), List.of(), false);
      Judgement judgement =
          Court.of(refusing("service-port")).judge(Change.creation(service(meta)));
      assertThat(judgement.findings().getFirst().finding().object())
          .hasToString("Service shop/web-*");
      records.add(judgement.record());
    }
    assertThat(records).hasSize(1);
  }

  @Test
  void anObjectThatIsStoredOrWasNamedOtherwiseHasItsName() {
    Map<String, String> none = Map.of();
    Meta stored =
        new Meta("shop", "web-4zx8m", "web-", "u", "7", Labels.EMPTY, none, List.of(), false);
    Meta named = new Meta("shop", "api", "web-", "u", "", Labels.EMPTY, none, List.of(), false);
    assertThat(stored.displayName()).isEqualTo("web-4zx8m");
    assertThat(named.displayName()).isEqualTo("api");
  }

  private static Pod made(String name, String replicaSet) {
    Meta meta =
        new Meta(
            "shop",
            name,
            "",
            "",
            "",
            Labels.EMPTY,
            Map.of(),
            List.of(new Owner("ReplicaSet", replicaSet, "uid-" + replicaSet, true)),
            false);
    return new Pod(meta, PodSpec.EMPTY, List.of(), false);
  }

  private static List<Mode> modes(Judgement judgement) {
    return judgement.findings().stream().map(Judged::mode).toList();
  }

  private static String message(Judged judged) {
    return judged.finding().message();
  }
}
