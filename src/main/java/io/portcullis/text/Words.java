package io.portcullis.text;

import java.util.List;

/** Lists as sentences have them. */
public final class Words {
  private Words() {}

  /** {@code a, b or c}; empty for nothing. */
  public static String or(List<String> words) {
    return join(words, " or ");
  }

  /** {@code a, b and c}; empty for nothing. */
  public static String and(List<String> words) {
    return join(words, " and ");
  }

  private static String join(List<String> words, String last) {
    if (words.size() < 2) {
      return String.join("", words);
    }
    int end = words.size() - 1;
    return String.join(", ", words.subList(0, end)) + last + words.get(end);
  }
}
