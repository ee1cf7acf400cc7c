package io.portcullis.cluster.watch;

import io.portcullis.cluster.watch.News.State;

/**
 * How a source stands.
 *
 * @param settled whether it was listed once, or is known not to be served: nobody waits for it
 * @param listed whether it was listed once
 * @param state how the API server last answered
 * @param version the last resourceVersion that was seen; 0 before the first
 */
record Standing(boolean settled, boolean listed, State state, long version) {
  /** How many digits surely fit a long. */
  private static final int LONGEST = 18;

  static final Standing NEW = new Standing(false, false, new State.Going(), 0);

  /** After everything was listed. */
  Standing asListed() {
    return new Standing(true, true, new State.Going(), version);
  }

  /**
   * In another state. A kind that was listed and is not known any more keeps what was listed: a
   * proxy whose API server is away may say the same.
   */
  Standing in(State changed) {
    return new Standing(settled || changed instanceof State.NotServed, listed, changed, version);
  }

  /** Having seen a version; versions only go up, and what is no number does not count. */
  Standing at(String seen) {
    if (seen.isEmpty()
        || seen.length() > LONGEST
        || !seen.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return this;
    }
    return new Standing(settled, listed, state, Math.max(version, Long.parseLong(seen)));
  }
}
