package io.portcullis.proof;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what others do, with a bound. */
public final class Await {
  private static final Duration MOST = Duration.ofSeconds(30);
  private static final Duration BETWEEN = Duration.ofMillis(2);

  private Await() {}

  /** Returns as soon as the condition holds. */
  public static void that(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + MOST.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("waited %d s in vain: %s".formatted(MOST.toSeconds(), what));
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    }
  }
}
