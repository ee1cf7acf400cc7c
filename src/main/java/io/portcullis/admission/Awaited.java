package io.portcullis.admission;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The bodies that are still coming, and how long a client may take for one. A look at all of them
 * now and then costs a request less than a timer of its own. Safe for any number of event loops.
 */
final class Awaited {
  private static final long LOOK_MILLIS = 1_000;

  private final Set<Intake> coming = ConcurrentHashMap.newKeySet();
  private final Duration longest;

  /**
   * @param longest what takes longer is ended, a second later at most
   */
  Awaited(Vertx vertx, Duration longest) {
    this.longest = longest;
    vertx.setPeriodic(LOOK_MILLIS, id -> look());
  }

  Duration longest() {
    return longest;
  }

  void add(Intake intake) {
    coming.add(intake);
  }

  /** Whether it was awaited until now. */
  boolean remove(Intake intake) {
    return coming.remove(intake);
  }

  private void look() {
    long now = System.nanoTime();
    for (Intake intake : coming) {
      if (now - intake.begun() > longest.toNanos()) {
        intake.giveUp();
      }
    }
  }
}
