package io.portcullis.judge;

import io.portcullis.finding.Change;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Judged;
import io.portcullis.finding.Mode;
import io.portcullis.finding.Verdict;
import java.util.ArrayList;
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

  /** A yes after the object was changed on its way in, by the rules that did not break. */
  public static Judgement mutated(Change change, List<RuleError> errors, String settings) {
    return errors.isEmpty()
        ? allowed(change, settings)
        : new Judgement(
            change,
            Verdict.ERROR,
            List.of(),
            errors,
            settings,
            RecordId.of(change, List.of(), settings));
  }

  /** What is done where there is no time to judge: what the one finding says. */
  public static Judgement none(Change change, Judged instead, String settings) {
    List<Judged> findings = List.of(instead);
    return new Judgement(
        change,
        Verdict.ERROR,
        findings,
        List.of(),
        settings,
        RecordId.of(change, findings, settings));
  }

  /** The same with one more warning at its end, which makes a yes one with a warning. */
  public Judgement plus(Finding warning) {
    List<Judged> more = new ArrayList<>(findings);
    more.add(new Judged(warning, Mode.WARN));
    return new Judgement(
        change,
        verdict == Verdict.ALLOW ? Verdict.WARN : verdict,
        more,
        errors,
        settings,
        RecordId.of(change, more, settings));
  }

  /** Whether the change is let pass. */
  public boolean allowed() {
    return findings(Mode.DENY).isEmpty();
  }

  /** The findings of one mode, in their order. */
  public List<Judged> findings(Mode mode) {
    return findings.stream().filter(judged -> judged.mode() == mode).toList();
  }
}
