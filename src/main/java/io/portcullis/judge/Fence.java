package io.portcullis.judge;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps a rule that hangs from holding everybody who asks it: only so many are let into one rule at
 * the same time, and while many are stuck in it, others pass it over at once. Safe for any number
 * of threads.
 */
final class Fence {
  /** So many are in one rule at most, which must be less than there are threads. */
  static final int MOST = 32;

  /** While so many are stuck nobody else is let in. */
  static final int MOST_STUCK = 16;

  /** Rules take microseconds, in the largest clusters milliseconds. */
  static final Duration STUCK = Duration.ofMillis(250);

  /** Somebody who is in a rule; each is only itself. */
  private static final class Call {
    private final long since;

    Call(long since) {
      this.since = since;
    }
  }

  /** One rule's door. */
  private final class Door {
    private final Semaphore places = new Semaphore(MOST);
    private final Set<Call> inside = ConcurrentHashMap.newKeySet();

    boolean enter() {
      if (inside.size() >= MOST_STUCK && stuck() >= MOST_STUCK) {
        return false;
      }
      try {
        return places.tryAcquire(STUCK.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    private long stuck() {
      long now = clock.getAsLong();
      return inside.stream().filter(call -> now - call.since >= STUCK.toNanos()).count();
    }
  }

  private final Map<String, Door> doors = new ConcurrentHashMap<>();
  private final LongSupplier clock;

  /**
   * @param clock nanoseconds that only go up
   */
  Fence(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * Asks a rule.
   *
   * @throws IllegalStateException where it hangs in others
   */
  <T> T ask(String rule, Supplier<T> judgement) {
    Door door = doors.computeIfAbsent(rule, _ -> new Door());
    if (!door.enter()) {
      throw new IllegalStateException("hangs in other requests");
    }
    Call call = new Call(clock.getAsLong());
    door.inside.add(call);
    try {
      return judgement.get();
    } finally {
      door.inside.remove(call);
      door.places.release();
    }
  }
}
