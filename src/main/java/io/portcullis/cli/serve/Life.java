package io.portcullis.cli.serve;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time of whole seconds up to a hundred years, written {@code 365d}, {@code 12h} or {@code 30s}.
 */
public record Life(Duration time) {
  private static final Duration MOST = Duration.ofDays(36_500);
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})([dhms])");

  public Life {
    if (!time.isPositive() || time.compareTo(MOST) > 0) {
      throw new IllegalArgumentException("want a time from 1s to 36500d");
    }
  }

  public static Life days(int count) {
    return new Life(Duration.ofDays(count));
  }

  public static Life parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no time: want a number with d, h, m or s".formatted(text));
    }
    long count = Long.parseLong(matcher.group(1));
    return new Life(
        switch (matcher.group(2)) {
          case "d" -> Duration.ofDays(count);
          case "h" -> Duration.ofHours(count);
          case "m" -> Duration.ofMinutes(count);
          default -> Duration.ofSeconds(count);
        });
  }

  @Override
  public String toString() {
    return time.toSeconds() + "s";
  }
}
