package io.portcullis.admission;

import io.portcullis.audit.AuditLog;
import io.portcullis.audit.AuditRecord;
import io.portcullis.audit.ReviewMeters;
import java.time.Clock;
import java.time.Duration;

/** Writes outcomes down, each once. Never blocks. */
public final class Books {
  private final AuditLog log;
  private final ReviewMeters meters;
  private final Clock clock;

  public Books(AuditLog log, ReviewMeters meters, Clock clock) {
    this.log = log;
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * Enters an outcome that is about to be sent.
   *
   * @param took since the request's last byte
   */
  public void enter(Webhook webhook, Outcome outcome, Duration took) {
    meters.answered(webhook.text(), outcome.judgement(), took);
    outcome.counted().forEach(meters::broke);
    if (outcome.audited()) {
      log.write(new AuditRecord(clock.instant(), outcome.judgement(), took));
    }
  }
}
