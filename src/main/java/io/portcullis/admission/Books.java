package io.portcullis.admission;

import io.portcullis.audit.AuditLog;
import io.portcullis.audit.AuditRecord;
import io.portcullis.audit.ReviewMeters;
import io.portcullis.kube.Kind;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** Writes outcomes down, each once. Never blocks. */
public final class Books {
  /** What guard is asked about, apart from validate. */
  private static final Set<String> GUARDED = Set.of(Kind.POD.text(), Kind.NETWORK_POLICY.text());

  private final AuditLog log;
  private final ReviewMeters meters;
  private final Clock clock;
  private final Twins twins;

  public Books(AuditLog log, ReviewMeters meters, Clock clock) {
    this.log = log;
    this.meters = meters;
    this.clock = clock;
    this.twins = new Twins(log::write, System::nanoTime);
  }

  /**
   * Enters an outcome that is about to be sent.
   *
   * @param took since the request's last byte
   */
  public void enter(Webhook webhook, Outcome outcome, Duration took) {
    meters.answered(webhook.text(), outcome.judgement(), took);
    if (webhook != Webhook.GUARD) {
      // What guard finds, validate has found too.
      meters.found(outcome.judgement());
      outcome.counted().forEach(meters::broke);
    }
    if (outcome.audited()) {
      AuditRecord record = new AuditRecord(clock.instant(), outcome.judgement(), took);
      switch (webhook) {
        case MUTATE -> log.write(record);
        case VALIDATE -> validated(record);
        case GUARD -> twins.hold(record);
      }
    }
  }

  private void validated(AuditRecord record) {
    if (GUARDED.contains(record.judgement().change().target().kind())) {
      twins.write(record);
    } else {
      log.write(record);
    }
  }

  /** Writes what waits for its twin and has waited long enough. */
  void tidy() {
    twins.letGo();
  }

  /** Writes all that waits. */
  void close() {
    twins.close();
  }
}
