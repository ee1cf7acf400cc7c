package io.portcullis.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.audit.AuditRecord;
import io.portcullis.finding.Change;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Judged;
import io.portcullis.finding.Mode;
import io.portcullis.finding.Operation;
import io.portcullis.finding.Target;
import io.portcullis.finding.User;
import io.portcullis.judge.Judgement;
import io.portcullis.kube.FieldPath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TwinsTest {
  private final List<AuditRecord> written = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private final Twins twins = new Twins(written::add, nanos::get);

  @Test
  void ofTwoThatAreEqualOneIsWrittenWhicheverComesFirst() {
    twins.write(denied("pod-a", "1"));
    twins.hold(denied("pod-a", "2"));
    twins.hold(denied("pod-b", "3"));
    twins.write(denied("pod-b", "4"));
    later();
    assertThat(uids()).containsExactly("1", "4");
  }

  @Test
  void whatIsTriedAgainIsWrittenAgain() {
    twins.write(denied("pod", "1"));
    twins.write(denied("pod", "2"));
    twins.hold(denied("pod", "3"));
    twins.hold(denied("pod", "4"));
    twins.hold(denied("pod", "5"));
    twins.write(denied("pod", "6"));
    later();
    assertThat(uids()).containsExactly("1", "2", "6");
  }

  @Test
  void oneWhoseTwinNeverCameIsWrittenAllTheSame() {
    twins.hold(denied("pod", "1"));
    nanos.addAndGet(Twins.APART.toNanos() - 1);
    twins.letGo();
    assertThat(uids()).isEmpty();
    nanos.addAndGet(1);
    twins.letGo();
    assertThat(uids()).containsExactly("1");
  }

  @Test
  void anotherVerdictIsNoTwin() {
    twins.write(new AuditRecord(Instant.EPOCH, Judgement.allowed(change("pod", "1"), "7"), NONE));
    twins.hold(denied("pod", "2"));
    later();
    assertThat(uids()).containsExactly("1", "2");
  }

  @Test
  void atTheEndNothingIsHeldBack() {
    twins.hold(denied("pod", "1"));
    twins.close();
    assertThat(uids()).containsExactly("1");
  }

  @Test
  void aFloodCostsNoRecord() {
    for (int number = 0; number < 10_000; number++) {
      twins.hold(denied("pod-" + number, Integer.toString(number)));
    }
    later();
    assertThat(written).hasSize(10_000);
  }

  private static final Duration NONE = Duration.ZERO;

  private void later() {
    nanos.addAndGet(Twins.APART.toNanos());
    twins.letGo();
  }

  private List<String> uids() {
    return written.stream().map(record -> record.judgement().change().uid()).toList();
  }

  private static AuditRecord denied(String name, String uid) {
    Change change = change(name, uid);
    Finding finding =
        Finding.violation("tier-label", change.ref(), FieldPath.of("metadata"), "no such tier");
    return new AuditRecord(
        Instant.EPOCH, Judgement.none(change, new Judged(finding, Mode.DENY), "7"), NONE);
  }

  private static Change change(String name, String uid) {
    return new Change(
        uid,
        Operation.CREATE,
        new Target("", "v1", "Pod", "shop", name, ""),
        Optional.empty(),
        Optional.empty(),
        new User("eve", List.of()),
        false);
  }
}
