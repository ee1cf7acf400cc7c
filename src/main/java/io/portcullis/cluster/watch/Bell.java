package io.portcullis.cluster.watch;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where reflectors rest that could not reach the API server. When one of them can again, it rings
 * for all others, so that nobody sleeps out a long pause after a short outage.
 */
final class Bell {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rung = lock.newCondition();
  private long rings;

  /** How often it has rung. */
  long rings() {
    lock.lock();
    try {
      return rings;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Rests for that long, or until the bell has rung more often than {@code heard}.
   *
   * @return whether it has
   */
  boolean rest(Duration most, long heard) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = most.toNanos();
      while (rings == heard && left > 0) {
        left = rung.awaitNanos(left);
      }
      return rings != heard;
    } finally {
      lock.unlock();
    }
  }

  /** Wakes everybody who rests. */
  void ring() {
    lock.lock();
    try {
      rings++;
      rung.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
