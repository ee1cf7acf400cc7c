package io.portcullis.text;

import java.nio.charset.StandardCharsets;

/** Text that is safe to print and of bounded length. */
public final class Plain {
  private static final String MORE = "...";

  private Plain() {}

  /**
   * The text on one line: control characters, line and paragraph separators, and characters that
   * change the direction of text become {@code ?}.
   */
  public static String oneLine(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints().forEach(c -> plain.appendCodePoint(isUnsafe(c) ? '?' : c));
    return plain.toString();
  }

  /** The text in at most that many characters, the cut marked with {@code ...}. */
  public static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - MORE.length();
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
        + MORE;
  }

  /** The text in at most that many bytes of UTF-8, the cut marked with {@code ...}. */
  public static String cutBytes(String text, int most) {
    if (bytes(text) <= most) {
      return text;
    }
    int left = most - MORE.length();
    int end = 0;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      left -= bytes(Character.toString(c));
      if (left < 0) {
        break;
      }
      end += Character.charCount(c);
    }
    return text.substring(0, end) + MORE;
  }

  /** How many bytes the text has in UTF-8. */
  public static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static boolean isUnsafe(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
