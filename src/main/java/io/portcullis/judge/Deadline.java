package io.portcullis.judge;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * By when a request must be decided.
 *
 * @param at the moment on the clock
 * @param clock nanoseconds that only go up, such as {@link System#nanoTime}
 */
public record Deadline(long at, LongSupplier clock) {
  /** Where nobody waits. */
  public static final Deadline NEVER = new Deadline(Long.MAX_VALUE, () -> 0);

  /** The deadline so long from now. */
  public static Deadline in(Duration duration, LongSupplier clock) {
    return new Deadline(clock.getAsLong() + duration.toNanos(), clock);
  }

  /** How much time is left; zero once it has passed. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, at - clock.getAsLong()));
  }

  public boolean hasPassed() {
    return left().isZero();
  }
}
