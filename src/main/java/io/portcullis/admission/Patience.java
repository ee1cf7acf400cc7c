package io.portcullis.admission;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long the API server waits for an answer, which it writes into the URL: {@code ?timeout=3s}.
 */
final class Patience {
  /** What Kubernetes waits where nothing is said. */
  static final Duration USUAL = Duration.ofSeconds(10);

  /** The longest that Kubernetes allows. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private static final Duration LEAST_MARGIN = Duration.ofMillis(50);
  private static final int MARGIN_SHARE = 10;

  private static final Pattern PART =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ns|us|µs|ms|s|m|h)");
  private static final Map<String, Double> NANOS =
      Map.of("ns", 1.0, "us", 1e3, "µs", 1e3, "ms", 1e6, "s", 1e9, "m", 60e9, "h", 3600e9);

  private Patience() {}

  /**
   * The time to decide in: what the API server waits, less a margin for the way back of a tenth, at
   * least 50 ms and at most half.
   *
   * @param written a duration as Go writes it; what can't be read is the usual 10 seconds
   */
  static Duration toDecide(Optional<String> written) {
    Duration wait = written.flatMap(Patience::parse).orElse(USUAL);
    Duration capped = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    Duration tenth = capped.dividedBy(MARGIN_SHARE);
    Duration margin = tenth.compareTo(LEAST_MARGIN) > 0 ? tenth : LEAST_MARGIN;
    Duration half = capped.dividedBy(2);
    return capped.minus(margin.compareTo(half) > 0 ? half : margin);
  }

  private static Optional<Duration> parse(String written) {
    Matcher part = PART.matcher(written);
    double nanos = 0;
    int end = 0;
    while (part.find() && part.start() == end) {
      nanos += Double.parseDouble(part.group(1)) * NANOS.getOrDefault(part.group(2), 1.0);
      end = part.end();
    }
    return end == written.length() && nanos >= 1
        ? Optional.of(Duration.ofNanos((long) nanos))
        : Optional.empty();
  }
}
