package io.portcullis.net;

import java.math.BigInteger;

/** The canonical text of IPv6 addresses. Source: RFC 5952, section 4. */
final class Rfc5952 {
  private static final int GROUPS = 8;

  private Rfc5952() {}

  static String write(BigInteger bits) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = bits.shiftRight(16 * (GROUPS - 1 - i)).intValue() & 0xffff;
    }
    int start = 0;
    int length = 0;
    for (int i = 0; i < GROUPS; i++) {
      int run = zerosFrom(groups, i);
      if (run > length) {
        start = i;
        length = run;
      }
    }
    // One zero group alone is not shortened (section 4.2.2).
    return length < 2
        ? join(groups, 0, GROUPS)
        : join(groups, 0, start) + "::" + join(groups, start + length, GROUPS);
  }

  private static int zerosFrom(int[] groups, int from) {
    int at = from;
    while (at < GROUPS && groups[at] == 0) {
      at++;
    }
    return at - from;
  }

  private static String join(int[] groups, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i > from ? ":" : "").append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}
