package io.portcullis.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.portcullis.audit.AuditLog;
import io.portcullis.audit.ReviewMeters;
import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Picture;
import io.portcullis.finding.Change;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Operation;
import io.portcullis.judge.Confirmation;
import io.portcullis.judge.Deadline;
import io.portcullis.judge.Judge;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.proof.GeneratedCluster;
import io.portcullis.rules.Question;
import io.portcullis.rules.Rule;
import io.portcullis.rules.RuleBook;
import io.portcullis.rules.RuleInfo;
import io.portcullis.settings.Settings;
import io.portcullis.settings.Written;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeskTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(100);

  /** What was sent. */
  private record Sent(int status, String type, String body) {}

  /** A rule whose judgement is the test's. */
  private record TestRule(boolean quick, Function<Question, List<Finding>> judgement)
      implements Rule {
    @Override
    public boolean isQuick(Change change) {
      return quick;
    }

    @Override
    public RuleInfo info() {
      return new RuleInfo(
          "ingress-tls",
          "does what the test says",
          Set.of(Kind.INGRESS),
          Set.of(Operation.CREATE),
          RuleInfo.View.THE_OBJECT);
    }

    @Override
    public List<Finding> judge(Question question) {
      return judgement.apply(question);
    }
  }

  private final BlockingQueue<Sent> answers = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream audited = new ByteArrayOutputStream();
  private final AuditLog log = new AuditLog(List.of(audited), complaint -> {});
  private final AtomicInteger handedBack = new AtomicInteger();
  private final CountDownLatch released = new CountDownLatch(1);
  private final List<Desk> desks = new ArrayList<>();
  private Settings settings = Settings.DEFAULT;

  @AfterEach
  void release() {
    released.countDown();
    desks.forEach(Desk::close);
    log.close();
  }

  @Test
  void aReviewIsAnswered() throws InterruptedException {
    take(desk(question -> List.of(), 1, 1), LONG);
    assertThat(next().body()).contains("\"allowed\":true");
  }

  @Test
  void aQuickRuleIsAskedAtOnce() {
    List<String> threads = new ArrayList<>();
    take(quick(question -> noting(threads, List.of())), LONG);
    assertThat(answers).hasSize(1);
    assertThat(threads).containsExactly(Thread.currentThread().getName());
    assertThat(handedBack).hasValue(1);
  }

  @Test
  void whatAQuickRuleWouldDenyIsJudgedWhereItMayTakeLong() throws InterruptedException {
    List<String> threads = new ArrayList<>();
    take(quick(question -> noting(threads, List.of(violation(question)))), LONG);
    assertThat(next().body()).contains("\"allowed\":false");
    assertThat(threads).containsExactly(Thread.currentThread().getName(), "portcullis-judge-0");
  }

  @Test
  void aQuickRuleThatBreaksIsPassedOverAndTold() throws InterruptedException {
    take(
        quick(question -> {
          throw new IllegalStateException("secret details");
        }),
        LONG);
    assertThat(next().body())
        .contains("\"allowed\":true")
        .contains("[ingress-tls] Ingress shop/web: this rule broke and was passed over");
  }

  private static List<Finding> noting(List<String> threads, List<Finding> findings) {
    threads.add(Thread.currentThread().getName());
    return findings;
  }

  private static Finding violation(Question question) {
    return Finding.violation("ingress-tls", question.ref(), FieldPath.ROOT, "not so.");
  }

  @Test
  void aRuleThatHangsIsAnsweredForAtTheDeadline() throws InterruptedException {
    take(desk(this::hang, 1, 1), SHORT);
    assertThat(next().body())
        .contains("\"allowed\":true")
        .contains("[deadline] Ingress shop/web: this could not be judged in time.");
    assertThat(handedBack).as("the rule that still hangs holds no body").hasValue(1);
    log.close();
    assertThat(audit())
        .contains("\"verdict\":\"error\"")
        .contains("\"name\":\"web\"")
        .contains("\"rule\":\"deadline\",\"mode\":\"warn\"");
  }

  @Test
  void withOnTimeoutDenyItIsRefused() throws InterruptedException {
    settings = Written.settings("onTimeout: deny", "7");
    take(desk(this::hang, 1, 1), SHORT);
    assertThat(next().body())
        .contains("\"allowed\":false")
        .containsPattern("could not be judged in time. Fix: try again. \\(record [0-9a-f]{8}\\)");
  }

  @Test
  void whenAllThreadsAreBusyAndTheQueueIsFullTheAnswerComesAtOnce() throws InterruptedException {
    Desk desk = desk(this::hang, 1, 1);
    take(desk, LONG);
    take(desk, LONG);
    take(desk, LONG);
    assertThat(next().body())
        .contains("[overload] Ingress shop/web: there was no room to judge this");
    released.countDown();
    assertThat(next().body()).contains("\"allowed\":true").doesNotContain("deadline");
    assertThat(next().body()).contains("\"allowed\":true").doesNotContain("deadline");
  }

  @Test
  void aLateJudgementIsNotAnsweredTwice() throws InterruptedException {
    Desk desk = desk(this::hang, 1, 1);
    take(desk, SHORT);
    assertThat(next().body()).contains("[deadline]");
    released.countDown();
    desk.close();
    assertThat(answers).isEmpty();
    log.close();
    assertThat(audit().lines()).hasSize(1);
  }

  @Test
  void aRuleThatBreaksIsPassedOverAndTold() throws InterruptedException {
    take(
        desk(
            question -> {
              throw new IllegalStateException("secret details\n");
            },
            1,
            1),
        LONG);
    assertThat(next().body())
        .contains("\"allowed\":true")
        .contains("[ingress-tls] Ingress shop/web: this rule broke and was passed over")
        .doesNotContain("secret details");
    log.close();
    assertThat(audit()).contains("\"verdict\":\"error\"").contains("secret details?");
  }

  @Test
  void anErrorBeyondTheRulesIsAnsweredLikeADeadline() throws InterruptedException {
    take(
        desk(
            question -> {
              throw new AssertionError("beyond the fence");
            },
            1,
            1),
        LONG);
    assertThat(next().body()).contains("\"allowed\":true").contains("[internal] Ingress shop/web");
  }

  @Test
  void noReviewIsAProblem() throws InterruptedException {
    Desk desk = desk(question -> List.of(), 1, 1);
    desk.take(
        Webhook.VALIDATE, "{}".getBytes(StandardCharsets.UTF_8), in(LONG), this::sent, () -> {});
    assertThat(next())
        .isEqualTo(
            new Sent(
                400,
                "application/problem+json",
                "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,\"detail\":"
                    + "\"apiVersion must be \\\"admission.k8s.io/v1\\\"\"}\n"));
  }

  /** As a loop without an end would: it does not hear that it is told to stop. */
  private List<Finding> hang(Question question) {
    boolean interrupted = false;
    while (released.getCount() > 0) {
      try {
        released.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return List.of();
  }

  private Desk desk(Function<Question, List<Finding>> judgement, int threads, int queue) {
    return desk(new TestRule(false, judgement), threads, queue);
  }

  /** With the namespace in the picture: else the API server is asked for it. */
  private Desk quick(Function<Question, List<Finding>> judgement) {
    return desk(new TestRule(true, judgement), 1, 1);
  }

  private Desk desk(TestRule rule, int threads, int queue) {
    KubeObject shop =
        GeneratedCluster.read(
            new GeneratedCluster.Made(
                Kind.NAMESPACE, "", "shop", "{\"metadata\":{\"name\":\"shop\"}}"));
    Gate gate =
        new Gate(
            new Judge(new RuleBook(List.of(rule))),
            Picture.fixed(Cluster.of(List.of(shop))),
            () -> settings,
            Confirmation.THE_PICTURE,
            Clock.systemUTC());
    ReviewMeters meters = new ReviewMeters(new SimpleMeterRegistry());
    Desk desk = new Desk(gate, new Books(log, meters, Clock.systemUTC()), threads, queue);
    desks.add(desk);
    return desk;
  }

  private void take(Desk desk, Duration time) {
    desk.take(
        Webhook.VALIDATE,
        Reviews.bytes("create-ingress"),
        in(time),
        this::sent,
        handedBack::incrementAndGet);
  }

  private static Deadline in(Duration time) {
    return Deadline.in(time, System::nanoTime);
  }

  private void sent(int status, String type, byte[] body) {
    answers.add(new Sent(status, type, new String(body, StandardCharsets.UTF_8)));
  }

  private Sent next() throws InterruptedException {
    Sent sent = answers.poll(30, TimeUnit.SECONDS);
    assertThat(sent).as("an answer within 30 s").isNotNull();
    return sent;
  }

  private String audit() {
    return audited.toString(StandardCharsets.UTF_8);
  }
}
