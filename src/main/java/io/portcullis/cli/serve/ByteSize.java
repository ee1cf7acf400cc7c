package io.portcullis.cli.serve;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes from 1 to 1 GiB, written {@code 16MiB}, {@code 512KiB} or {@code 4096}. */
public record ByteSize(int bytes) {
  private static final int KIBI = 1024;
  private static final int MOST = KIBI * KIBI * KIBI;
  private static final Pattern FORM = Pattern.compile("(\\d{1,10})(KiB|MiB|GiB)?");
  private static final Map<String, Integer> UNITS =
      Map.of("KiB", KIBI, "MiB", KIBI * KIBI, "GiB", MOST);

  public ByteSize {
    if (bytes < 1 || bytes > MOST) {
      throw new IllegalArgumentException(bytes + " bytes are too few or too many: want 1 to 1GiB");
    }
  }

  public static ByteSize mebibytes(int count) {
    return new ByteSize(count * KIBI * KIBI);
  }

  public static ByteSize parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no size: want bytes, or a number with KiB, MiB or GiB".formatted(text));
    }
    int unit = matcher.group(2) == null ? 1 : UNITS.getOrDefault(matcher.group(2), 1);
    long bytes = Long.parseLong(matcher.group(1)) * unit;
    return new ByteSize((int) Math.min(bytes, Integer.MAX_VALUE));
  }

  @Override
  public String toString() {
    return Integer.toString(bytes);
  }
}
