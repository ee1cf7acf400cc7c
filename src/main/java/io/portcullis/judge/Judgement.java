package io.portcullis.judge;

import io.portcullis.finding.Change;
import io.portcullis.finding.Judged;
import io.portcullis.finding.Mode;
import io.portcullis.finding.Verdict;
import java.util.List;

/**
 * The answer to one change.
 *
 * @param findings worst first: by mode, then in the catalogue's order, then by path
 * @param settings the version of the settings that it was judged by
 * @param record 8 hex digits that the same mistake gets again when it is tried again
 */
public record Judgement(
    Change change,
    Verdict verdict,
    List<Judged> findings,
    List<RuleError> errors,
    String settings,
    String record) {
  public Judgement {
    findings = List.copyOf(findings);
    errors = List.copyOf(errors);
  }

  /** A yes to which no rule had anything to say. */
  public static Judgement allowed(Change change, String settings) {
    return new Judgement(change, Verdict.ALLOW, List.of(), List.of(), settings, "");
  }

  /** The findings of one mode, in their order. */
  public List<Judged> findings(Mode mode) {
    return findings.stream().filter(judged -> judged.mode() == mode).toList();
  }
}
