package io.portcullis.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The nearest of some names to one that was mistyped.
 *
 * <p>The distance is optimal string alignment: insertions, deletions, replacements and swaps of
 * neighbours, each counted one. A name is near if at most 2 and at most a quarter of the length of
 * what was written (rounded down) are wrong, or if only letter case differs. {@code checkuot} is
 * near to {@code checkout}; {@code web} is near to nothing but {@code Web}; {@code shop-v1} is not
 * near to {@code shop-v2}, since names that differ in digits only are meant; nor is {@code
 * payments-eu} to {@code payments-us}, since a part of one or two letters is a name of its own
 * ({@code my-bd} is near to {@code my-db}: its letters are swapped); nor {@code orders-job} to
 * {@code orders-web}, since of a short part more than half is another; nor {@code search-2} to
 * {@code search}, which is numbered.
 */
public final class Nearest {
  private static final int MOST_WRONG = 2;
  private static final int LENGTH_SHARE = 4;
  private static final int SHORT_PART = 2;
  private static final int WORD_PART = 3;
  private static final Pattern NUMBER = Pattern.compile("[-_.]?[0-9]+");

  private Nearest() {}

  /** The nearest of the candidates; of two equally near ones the first in order. */
  public static Optional<String> to(String written, Collection<String> candidates) {
    return allTo(written, candidates).stream().findFirst();
  }

  /**
   * The nearest of the few words that are possible somewhere: keys, modes, commands. What was
   * written is surely none of them, so that one letter may be wrong in a short one too: {@code mod}
   * is near to {@code mode}.
   */
  public static Optional<String> ofFew(String written, Collection<String> words) {
    return to(written, words)
        .or(() ->
            words.stream()
                .filter(word -> Math.min(written.length(), word.length()) > 1)
                .filter(word -> distance(written, word) == 1)
                .min(Comparator.naturalOrder()));
  }

  /** All near candidates, nearest first, then in order; never what was written itself. */
  public static List<String> allTo(String written, Collection<String> candidates) {
    return candidates.stream()
        .filter(candidate -> isNear(written, candidate))
        .sorted(
            Comparator.comparingInt((String candidate) -> rank(written, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /** Whether a name is near to what was written, and not the same. */
  public static boolean isNear(String written, String candidate) {
    if (written.equals(candidate)) {
      return false;
    }
    if (written.equalsIgnoreCase(candidate)) {
      return true;
    }
    int most = Math.min(MOST_WRONG, written.length() / LENGTH_SHARE);
    return most > 0
        && Math.abs(written.length() - candidate.length()) <= most
        && isWithin(most, written, candidate)
        && !differInDigitsOnly(written, candidate)
        && !differInShortPartsOnly(written, candidate);
  }

  /** Whether the distance is at most so much; cheap, since most names soon differ more. */
  static boolean isWithin(int most, String a, String b) {
    return isWithin(most, a, 0, b, 0);
  }

  /** The same for what is left from there on. What is equal at once is never better passed over. */
  private static boolean isWithin(int most, String a, int fromA, String b, int fromB) {
    int i = fromA;
    int j = fromB;
    while (i < a.length() && j < b.length() && a.charAt(i) == b.charAt(j)) {
      i++;
      j++;
    }
    if (i == a.length() || j == b.length()) {
      return a.length() - i + b.length() - j <= most;
    }
    if (most == 0) {
      return false;
    }
    boolean swapped =
        i + 1 < a.length()
            && j + 1 < b.length()
            && a.charAt(i) == b.charAt(j + 1)
            && a.charAt(i + 1) == b.charAt(j);
    return isWithin(most - 1, a, i + 1, b, j + 1)
        || isWithin(most - 1, a, i + 1, b, j)
        || isWithin(most - 1, a, i, b, j + 1)
        || (swapped && isWithin(most - 1, a, i + 2, b, j + 2));
  }

  /** How many letters one has that the other has nowhere. */
  private static int lettersApart(String a, String b) {
    long inA = letters(a);
    long inB = letters(b);
    return Math.max(Long.bitCount(inA & ~inB), Long.bitCount(inB & ~inA));
  }

  /** One bit for each letter; some share one. */
  private static long letters(String text) {
    long letters = 0;
    for (int i = 0; i < text.length(); i++) {
      letters |= 1L << (text.charAt(i) % Long.SIZE);
    }
    return letters;
  }

  /** Letter case is the smallest slip of all. */
  private static int rank(String written, String candidate) {
    return written.equalsIgnoreCase(candidate) ? 0 : distance(written, candidate);
  }

  /** A mark before a number belongs to it: {@code search} and {@code search-2}. */
  private static boolean differInDigitsOnly(String a, String b) {
    return withoutNumbers(a).equals(withoutNumbers(b));
  }

  private static String withoutNumbers(String text) {
    return NUMBER.matcher(text).replaceAll("").toLowerCase(Locale.ROOT);
  }

  /**
   * {@code team-a} and {@code team-b}: between the dashes nothing longer differs, and by more than
   * a letter too many, too few or in another place.
   */
  private static boolean differInShortPartsOnly(String a, String b) {
    String[] some = a.split("[^A-Za-z0-9]", -1);
    String[] others = b.split("[^A-Za-z0-9]", -1);
    if (some.length < 2 || some.length != others.length) {
      return false;
    }
    for (int i = 0; i < some.length; i++) {
      if (!some[i].equals(others[i]) && !areShortNames(some[i], others[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean areShortNames(String a, String b) {
    return (a.length() <= SHORT_PART && a.length() == b.length() && lettersApart(a, b) > 0)
        || areOtherWords(a, b);
  }

  /** {@code job} and {@code web}: of three letters two are other ones. */
  private static boolean areOtherWords(String a, String b) {
    int longer = Math.max(a.length(), b.length());
    return longer <= WORD_PART && 2 * distance(a, b) > longer;
  }

  /**
   * Optimal string alignment distance. Costs the product of the lengths of what is left without the
   * beginning and the end that both share: names of one namespace often differ in a few letters.
   */
  static int distance(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    int from = 0;
    while (from < shorter && a.charAt(from) == b.charAt(from)) {
      from++;
    }
    int back = 0;
    while (back < shorter - from
        && a.charAt(a.length() - 1 - back) == b.charAt(b.length() - 1 - back)) {
      back++;
    }
    return aligned(a.substring(from, a.length() - back), b.substring(from, b.length() - back));
  }

  /** The same of the whole strings. */
  static int aligned(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, cost);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int step(String a, String b, int i, int j, int[][] cost) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int best =
        Math.min(
            Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1), cost[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
