package io.portcullis.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.finding.Change;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Judged;
import io.portcullis.finding.Mode;
import io.portcullis.finding.ObjectRef;
import io.portcullis.finding.Operation;
import io.portcullis.finding.Target;
import io.portcullis.finding.User;
import io.portcullis.judge.Judgement;
import io.portcullis.kube.FieldPath;
import io.portcullis.proof.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AuditLogTest {
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  /** A pipe that nobody reads from until it is opened. */
  private static final class Pipe extends OutputStream {
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b});
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      entered.countDown();
      try {
        open.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      content.write(bytes);
    }
  }

  @Test
  void aRecordIsOneLineWithEveryField() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (AuditLog log = new AuditLog(List.of(out), complaints::add)) {
      log.write(record(denied("shop.example.com is served without TLS.")));
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .matches(
            "\\{\"time\":\"2026-11-23T08:00:00.000042Z\",\"record\":\"[0-9a-f]{8}\",\"uid\":\"u-1\","
                + "\"verdict\":\"error\",\"operation\":\"CREATE\",\"group\":\"networking.k8s.io\","
                + "\"version\":\"v1\",\"kind\":\"Ingress\",\"namespace\":\"shop\",\"name\":\"web\","
                + "\"user\":\"eve\",\"groups\":\\[\"system:authenticated\"\\],\"dryRun\":true,"
                + "\"findings\":\\[\\{\"rule\":\"ingress-tls\",\"mode\":\"deny\",\"path\":\"spec.tls\",\"message\":\"shop.example.com"
                + " is served without TLS.\"\\}\\],\"settings\":\"4711\",\"micros\":1500\\}\n");
  }

  @Test
  void anExceptionStandsWithWhatItIsFor() {
    Finding finding =
        Finding.violation("ingress-tls", change().ref(), FieldPath.of("spec"), "is plain.");
    Judged judged = new Judged(finding, Mode.AUDIT, "until the CDN\nmove");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (AuditLog log = new AuditLog(List.of(out), complaints::add)) {
      log.write(record(Judgement.none(change(), judged, "4711")));
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"message\":\"is plain.\",\"exception\":\"until the CDN?move\"}");
  }

  @Test
  void nothingBreaksTheLineOrATerminal() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (AuditLog log = new AuditLog(List.of(out), complaints::add)) {
      log.write(record(denied("a\nb\u001b[2Jc\u2028d\ud800e\"f")));
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).hasLineCount(1).contains("a?b?[2Jc?d?e\\\"f");
  }

  @Test
  void whatWasTakenIsWrittenBeforeTheEnd() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (AuditLog log = new AuditLog(List.of(out), complaints::add)) {
      for (int i = 0; i < 5_000; i++) {
        log.write(record(denied("no " + i)));
      }
    }
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(5_000);
    assertThat(complaints).isEmpty();
  }

  @Test
  void aFullPipeBlocksNobodyAndCostsYesesFirst() throws InterruptedException {
    Pipe pipe = new Pipe();
    try (AuditLog log = new AuditLog(List.of(pipe), 8, complaints::add)) {
      log.write(record(allowed()));
      pipe.entered.await();
      for (int i = 0; i < 20; i++) {
        log.write(record(allowed()));
      }
      assertThat(log.lost()).isEqualTo(14);
      log.write(record(denied("kept 1")));
      log.write(record(denied("kept 2")));
      assertThat(log.lost()).isEqualTo(14);
      pipe.open.countDown();
      Await.that("the loss is told", () -> !complaints.isEmpty());
    }
    assertThat(pipe.content.toString(StandardCharsets.UTF_8)).contains("kept 1").contains("kept 2");
    assertThat(complaints)
        .containsExactly(
            "14 audit records were dropped: what they are written to does not keep up");
  }

  @Test
  void oneStreamThatBreaksIsToldOnceAndTheOtherGetsEverything() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (AuditLog log = new AuditLog(List.of(full, out), complaints::add)) {
      for (int i = 0; i < 1_000; i++) {
        log.write(record(denied("no " + i)));
      }
    }
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(1_000);
    assertThat(complaints)
        .containsOnlyOnce("the audit log can't be written: No space left on device");
  }

  private static AuditRecord record(Judgement judgement) {
    return new AuditRecord(
        Instant.parse("2026-11-23T08:00:00.000042999Z"), judgement, Duration.ofNanos(1_500_999));
  }

  private static Judgement denied(String message) {
    Finding finding =
        Finding.violation(
            "ingress-tls",
            new ObjectRef("Ingress", "shop", "web"),
            FieldPath.of("spec", "tls"),
            message);
    return Judgement.none(change(), new Judged(finding, Mode.DENY), "4711");
  }

  private static Judgement allowed() {
    return Judgement.allowed(change(), "4711");
  }

  private static Change change() {
    return new Change(
        "u-1",
        Operation.CREATE,
        new Target("networking.k8s.io", "v1", "Ingress", "shop", "web", ""),
        Optional.empty(),
        Optional.empty(),
        new User("eve", List.of("system:authenticated")),
        true);
  }
}
