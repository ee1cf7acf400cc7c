package io.portcullis.kube.read.validation;

/**
 * The forms that {@link Formats} names by their regular expressions, read letter by letter: a big
 * folder of manifests has some hundred thousand names, and matching is most of what they cost.
 */
final class Grammar {
  private Grammar() {}

  /** {@code [a-z0-9]([-a-z0-9]*[a-z0-9])?}. */
  static boolean isLabel(String value) {
    return isLabel(value, 0, value.length());
  }

  /** Labels with dots between. */
  static boolean isSubdomain(String value) {
    int from = 0;
    for (int dot = value.indexOf('.'); dot >= 0; dot = value.indexOf('.', from)) {
      if (!isLabel(value, from, dot)) {
        return false;
      }
      from = dot + 1;
    }
    return isLabel(value, from, value.length());
  }

  /** {@code *.} before a subdomain. */
  static boolean isWildcard(String value) {
    return value.startsWith("*.") && isSubdomain(value.substring(2));
  }

  /** {@code ([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]}. */
  static boolean isName(String value) {
    if (value.isEmpty() || !isAlphanumeric(value.charAt(value.length() - 1))) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!isAlphanumeric(c) && (i == 0 || (c != '-' && c != '_' && c != '.'))) {
        return false;
      }
    }
    return true;
  }

  /** {@code [-a-z0-9]+}. */
  static boolean isLowerCaseWithDashes(String value) {
    return !value.isEmpty() && value.chars().allMatch(c -> c == '-' || isLower((char) c));
  }

  private static boolean isLabel(String value, int from, int to) {
    if (from == to || !isLower(value.charAt(from)) || !isLower(value.charAt(to - 1))) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (!isLower(value.charAt(i)) && value.charAt(i) != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(char c) {
    return isLower(c) || (c >= 'A' && c <= 'Z');
  }

  private static boolean isLower(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  }
}
