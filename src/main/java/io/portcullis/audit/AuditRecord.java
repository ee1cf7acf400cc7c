package io.portcullis.audit;

import io.portcullis.judge.Judgement;
import java.time.Duration;
import java.time.Instant;

/**
 * One decision, as it is written down.
 *
 * @param time when it was decided
 * @param spent on deciding
 */
public record AuditRecord(Instant time, Judgement judgement, Duration spent) {}
