package io.portcullis.realapi;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a condition, with a bound. */
final class Await {
  private static final Duration MOST = Duration.ofSeconds(30);
  private static final Duration BETWEEN = Duration.ofMillis(25);

  private Await() {}

  /** What the question gives once it gives something. */
  static <T> T until(String what, Supplier<Optional<T>> question) {
    long end = System.nanoTime() + MOST.toNanos();
    do {
      Optional<T> answer = question.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
    } while (System.nanoTime() < end);
    throw new AssertionError("waited %d s in vain until %s".formatted(MOST.toSeconds(), what));
  }

  /** Returns once the condition holds. */
  static void that(String what, Supplier<Boolean> condition) {
    until(what, () -> condition.get() ? Optional.of(true) : Optional.empty());
  }
}
