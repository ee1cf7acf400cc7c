package io.portcullis.proof;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what others do, with a bound. */
public final class Await {
  private static final Duration MOST = Duration.ofSeconds(30);
  private static final Duration BETWEEN = Duration.ofMillis(10);

  private Await() {}

  /** What the question gives once it gives something. */
  public static <T> T until(String what, Supplier<Optional<T>> question) {
    return until(MOST, what, question);
  }

  private static <T> T until(Duration most, String what, Supplier<Optional<T>> question) {
    long end = System.nanoTime() + most.toNanos();
    do {
      Optional<T> answer = question.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    } while (System.nanoTime() < end);
    throw new AssertionError("waited %d s in vain until %s".formatted(most.toSeconds(), what));
  }

  /** Returns as soon as the condition holds. */
  public static void that(String what, BooleanSupplier condition) {
    that(MOST, what, condition);
  }

  /** The same for what may take longer. */
  public static void that(Duration most, String what, BooleanSupplier condition) {
    until(most, what, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }
}
