package io.portcullis.cluster.watch;

import java.time.Duration;

/**
 * How long reflectors wait for what.
 *
 * @param firstRetry the upper bound of the first pause after a failure; it doubles from there
 * @param maxRetry what it never grows over
 * @param slowRetry the pause before a kind that is not served, or forbidden, is asked for again
 * @param answer how long an answer may take to begin
 * @param silence how long an answer may stop in the middle; longer than the minute between two
 *     bookmarks of a watch
 * @param watch a watch is asked to last this long, up to twice of it
 * @param steady a watch that lasted this long was a good one: the next failure is a first one
 */
public record Pace(
    Duration firstRetry,
    Duration maxRetry,
    Duration slowRetry,
    Duration answer,
    Duration silence,
    Duration watch,
    Duration steady) {
  /** What suits clusters of every size. */
  public static final Pace CALM =
      new Pace(
          Duration.ofMillis(250),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofMinutes(3),
          Duration.ofMinutes(5),
          Duration.ofSeconds(10));

  /** The same, but another time for a silent answer. */
  public Pace silentFor(Duration longest) {
    return new Pace(firstRetry, maxRetry, slowRetry, answer, longest, watch, steady);
  }
}
