package io.portcullis.cluster.watch;

import java.util.function.LongSupplier;

/**
 * How often something may be done: so many times at once, and so many times a second in the long
 * run. Never waits. Safe for any number of threads.
 */
public final class RateCap {
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final double burst;
  private final LongSupplier clock;
  private double left;
  private long last;

  /**
   * A cap of which nothing is used yet.
   *
   * @param clock nanoseconds that only go up, such as {@link System#nanoTime}
   */
  public RateCap(int perSecond, int burst, LongSupplier clock) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.clock = clock;
    this.left = burst;
    this.last = clock.getAsLong();
  }

  /** Whether it may be done once more now. */
  public synchronized boolean take() {
    long now = clock.getAsLong();
    left = Math.min(burst, left + (now - last) / NANOS * perSecond);
    last = now;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
