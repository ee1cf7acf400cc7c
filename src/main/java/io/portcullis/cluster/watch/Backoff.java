package io.portcullis.cluster.watch;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between tries: up to a bound that doubles with each failure, at random below it ("full
 * jitter"), so that a server which comes back is not run over by everybody at once.
 */
final class Backoff {
  private final Duration first;
  private final Duration most;
  private final RandomGenerator random;
  private int failures;

  Backoff(Duration first, Duration most, RandomGenerator random) {
    this.first = first;
    this.most = most;
    this.random = random;
  }

  /** How many pauses since the last success. */
  int failures() {
    return failures;
  }

  /** The pause before the next try. */
  Duration next() {
    long bound = most.toNanos();
    if (failures < Long.SIZE - Long.numberOfLeadingZeros(bound / first.toNanos())) {
      bound = Math.min(bound, first.toNanos() << failures);
    }
    failures++;
    return Duration.ofNanos(random.nextLong(bound) + 1);
  }

  /** Something went well: the next pause is a first one. */
  void reset() {
    failures = 0;
  }
}
