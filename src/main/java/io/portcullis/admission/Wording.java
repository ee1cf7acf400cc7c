package io.portcullis.admission;

import io.portcullis.finding.Judged;
import io.portcullis.text.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A judgement in few words. The API server passes a message on whole, into Events and conditions
 * too, and drops warnings past 4,096 characters over all webhooks, and such with control
 * characters, without a word; hence the limits.
 */
final class Wording {
  static final int MOST_LINES = 10;
  static final int MOST_BYTES = 2048;
  static final int WARNING_LENGTH = 200;

  private static final int TAIL_BYTES = 200;

  private Wording() {}

  /** The refusal's message: a line for each violation, worst first, and what was left out. */
  static String message(List<Judged> violations, String record) {
    List<String> lines =
        violations.stream()
            .map(judged -> Plain.oneLine(judged.finding().line()) + " (record " + record + ")")
            .toList();
    String whole = String.join("\n", lines);
    if (lines.size() <= MOST_LINES && Plain.bytes(whole) <= MOST_BYTES) {
      return whole;
    }
    if (lines.size() == 1) {
      return cutKeepingRecord(lines.getFirst(), record, MOST_BYTES);
    }
    return shortened(lines, violations, record);
  }

  /** As many whole lines as there is room for, at least the first, and a last one for the rest. */
  private static String shortened(List<String> lines, List<Judged> violations, String record) {
    List<String> kept = new ArrayList<>();
    int left = MOST_BYTES - TAIL_BYTES;
    for (String line : lines) {
      int bytes = Plain.bytes(line) + 1;
      if (kept.size() == MOST_LINES - 1 || (bytes > left && !kept.isEmpty())) {
        break;
      }
      kept.add(bytes > left ? cutKeepingRecord(line, record, left - 1) : line);
      left -= bytes;
    }
    kept.add(leftOut(violations.subList(kept.size(), violations.size())));
    return String.join("\n", kept);
  }

  private static String cutKeepingRecord(String line, String record, int most) {
    String end = " (record " + record + ")";
    return Plain.cutBytes(line, most - Plain.bytes(end)) + end;
  }

  private static String leftOut(List<Judged> rest) {
    Map<String, Long> byRule =
        rest.stream()
            .collect(
                Collectors.groupingBy(
                    judged -> judged.finding().rule(), TreeMap::new, Collectors.counting()));
    String rules =
        byRule.entrySet().stream()
            .map(entry -> entry.getValue() + " of " + entry.getKey())
            .collect(Collectors.joining(", "));
    return Plain.cut("and " + rest.size() + " more: " + rules, TAIL_BYTES);
  }

  /**
   * Warnings as kubectl prints them.
   *
   * @param most how many; where there are more lines, the first warning says how many
   */
  static List<String> warnings(List<String> lines, int most) {
    List<String> plain =
        lines.stream().map(line -> Plain.cut(Plain.oneLine(line), WARNING_LENGTH)).toList();
    if (plain.size() <= most) {
      return plain;
    }
    List<String> some = new ArrayList<>();
    some.add("portcullis: %d warnings, of which %d are shown".formatted(plain.size(), most - 1));
    some.addAll(plain.subList(0, most - 1));
    return some;
  }
}
