package io.portcullis.admission;

import io.portcullis.audit.AuditRecord;
import io.portcullis.finding.Change;
import io.portcullis.finding.Operation;
import io.portcullis.finding.Target;
import io.portcullis.finding.User;
import io.portcullis.finding.Verdict;
import io.portcullis.judge.Judgement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Pairs the two records of one request that both {@code validate} and {@code guard} were asked
 * about, one for one, so that one of them is written. That of {@code validate} always is, at once;
 * that of {@code guard} only where its twin does not come within the time that the API server
 * waits. The API server gives the two calls different uids: what makes them twins is that all else
 * is equal.
 */
final class Twins {
  /** The longest that two calls about one request are apart: the longest timeout of an entry. */
  static final Duration APART = Duration.ofSeconds(6);

  private static final int MOST = 4096;

  private record Key(
      String record,
      Verdict verdict,
      Operation operation,
      Target target,
      User user,
      boolean dryRun) {
    static Key of(Judgement judgement) {
      Change change = judgement.change();
      return new Key(
          judgement.record(),
          judgement.verdict(),
          change.operation(),
          change.target(),
          change.user(),
          change.dryRun());
    }
  }

  /**
   * One that its twin has not met.
   *
   * @param waits a record that is held back; empty: it is written
   */
  private record Single(Key key, long since, Optional<AuditRecord> waits) {}

  private final Deque<Single> singles = new ArrayDeque<>();
  private final Consumer<AuditRecord> log;
  private final LongSupplier clock;

  /**
   * @param log takes what is to be written; never blocks
   * @param clock nanoseconds that only go up
   */
  Twins(Consumer<AuditRecord> log, LongSupplier clock) {
    this.log = log;
    this.clock = clock;
  }

  /** Writes what {@code validate} was asked. */
  synchronized void write(AuditRecord record) {
    log.accept(record);
    meet(record, false);
  }

  /** Takes what {@code guard} was asked, to be written unless its twin is. */
  synchronized void hold(AuditRecord record) {
    meet(record, true);
  }

  private void meet(AuditRecord record, boolean waits) {
    letGo();
    Key key = Key.of(record.judgement());
    for (Iterator<Single> each = singles.iterator(); each.hasNext(); ) {
      Single other = each.next();
      if (other.waits().isPresent() != waits && other.key().equals(key)) {
        each.remove();
        return;
      }
    }
    singles.add(new Single(key, clock.getAsLong(), waits ? Optional.of(record) : Optional.empty()));
  }

  /** Writes what nobody met in time, the oldest first. */
  synchronized void letGo() {
    long now = clock.getAsLong();
    while (!singles.isEmpty()
        && (singles.size() >= MOST || now - singles.element().since() >= APART.toNanos())) {
      singles.remove().waits().ifPresent(log);
    }
  }

  /** Writes all that is held back. */
  synchronized void close() {
    List.copyOf(singles).forEach(single -> single.waits().ifPresent(log));
    singles.clear();
  }
}
