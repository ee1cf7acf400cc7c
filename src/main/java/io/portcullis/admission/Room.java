package io.portcullis.admission;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory for bodies that are read, wait or are judged: so many bytes in all. Never waits. Safe
 * for any number of threads.
 */
public final class Room {
  private final AtomicLong left;

  /**
   * @param bytes how many bytes all bodies together may have
   */
  public Room(long bytes) {
    left = new AtomicLong(bytes);
  }

  /** Takes room for so many bytes; false, and none taken, where there is not enough. */
  boolean take(long bytes) {
    if (left.addAndGet(-bytes) >= 0) {
      return true;
    }
    left.addAndGet(bytes);
    return false;
  }

  /** Gives back what was taken. */
  void give(long bytes) {
    left.addAndGet(bytes);
  }

  /** How many bytes are left. */
  long left() {
    return left.get();
  }
}
