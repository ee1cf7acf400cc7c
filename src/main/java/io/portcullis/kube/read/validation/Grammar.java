package io.portcullis.kube.read.validation;

import java.util.Arrays;

/**
 * The forms that {@link Formats} names by their regular expressions, read letter by letter: a big
 * folder of manifests has some hundred thousand names, and matching is most of what they cost.
 */
final class Grammar {
  /** {@code [a-z0-9]}. */
  private static final int LOWER = 1;

  /** {@code [A-Z]}. */
  private static final int UPPER = 2;

  private static final int DASH = 4;

  /** {@code [_.]}. */
  private static final int MARK = 8;

  private static final byte[] CLASSES = classes();

  private Grammar() {}

  /** {@code [a-z0-9]([-a-z0-9]*[a-z0-9])?}. */
  static boolean isLabel(String value) {
    return isWord(value, 0, value.length(), LOWER, LOWER | DASH);
  }

  /** Labels with dots between. */
  static boolean isSubdomain(String value) {
    int from = 0;
    for (int dot = value.indexOf('.'); dot >= 0; dot = value.indexOf('.', from)) {
      if (!isWord(value, from, dot, LOWER, LOWER | DASH)) {
        return false;
      }
      from = dot + 1;
    }
    return isWord(value, from, value.length(), LOWER, LOWER | DASH);
  }

  /** {@code *.} before a subdomain. */
  static boolean isWildcard(String value) {
    return value.startsWith("*.") && isSubdomain(value.substring(2));
  }

  /** {@code ([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]}. */
  static boolean isName(String value) {
    return isWord(value, 0, value.length(), LOWER | UPPER, LOWER | UPPER | DASH | MARK);
  }

  /** {@code [-a-z0-9]+}. */
  static boolean isLowerCaseWithDashes(String value) {
    return isWord(value, 0, value.length(), LOWER | DASH, LOWER | DASH);
  }

  /**
   * Whether a part of a text is not empty and made of some classes of characters.
   *
   * @param ends what the first and the last may be
   * @param all what each may be
   */
  private static boolean isWord(String value, int from, int to, int ends, int all) {
    if (from == to || !isOf(ends, value.charAt(from)) || !isOf(ends, value.charAt(to - 1))) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (!isOf(all, value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOf(int classes, char c) {
    return c < CLASSES.length && (CLASSES[c] & classes) != 0;
  }

  private static byte[] classes() {
    byte[] classes = new byte['z' + 1];
    Arrays.fill(classes, '0', '9' + 1, (byte) LOWER);
    Arrays.fill(classes, 'a', 'z' + 1, (byte) LOWER);
    Arrays.fill(classes, 'A', 'Z' + 1, (byte) UPPER);
    classes['-'] = DASH;
    classes['_'] = MARK;
    classes['.'] = MARK;
    return classes;
  }
}
