package io.portcullis.cluster.watch;

import java.time.Duration;

/** How long to wait for an answer; asked before each wait. In nanoseconds; zero: not at all. */
interface Patience {
  /** For it to begin. */
  long toBegin();

  /** For it to go on, wherever it stops. */
  long toGoOn();

  /** The same for each answer. */
  static Patience of(Duration toBegin, Duration toGoOn) {
    return new Patience() {
      @Override
      public long toBegin() {
        return toBegin.toNanos();
      }

      @Override
      public long toGoOn() {
        return toGoOn.toNanos();
      }
    };
  }

  /** What is left until a moment of {@link System#nanoTime}. */
  static Patience until(long deadline) {
    return new Patience() {
      @Override
      public long toBegin() {
        return deadline - System.nanoTime();
      }

      @Override
      public long toGoOn() {
        return toBegin();
      }
    };
  }
}
