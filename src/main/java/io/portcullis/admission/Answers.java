package io.portcullis.admission;

import io.portcullis.admission.Answer.Cause;
import io.portcullis.admission.Answer.Refusal;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Judged;
import io.portcullis.finding.Mode;
import io.portcullis.finding.PatchOp;
import io.portcullis.finding.Verdict;
import io.portcullis.judge.Judgement;
import io.portcullis.judge.RuleError;
import io.portcullis.text.Plain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes answers from judgements. */
final class Answers {
  private static final int CAUSE_LENGTH = 1024;
  private static final int MUTATE_WARNINGS = 2;

  private Answers() {}

  /** The validating side's answer. */
  static Answer validated(Judgement judgement) {
    if (judgement.findings().isEmpty() && judgement.errors().isEmpty()) {
      return allowed(judgement);
    }
    return new Answer(
        judgement.change().uid(),
        refusal(judgement),
        Wording.warnings(warnings(judgement), Wording.MOST_LINES),
        annotations(judgement),
        List.of());
  }

  /** Most answers say no more. */
  private static Answer allowed(Judgement judgement) {
    return new Answer(
        judgement.change().uid(),
        Optional.empty(),
        List.of(),
        Map.of("verdict", judgement.verdict().text()),
        List.of());
  }

  /**
   * The mutating side's answer. It may be asked twice about one request, and its annotations must
   * be equal both times: what can differ is left to the validating side.
   */
  static Answer mutated(Judgement judgement, List<PatchOp> patch) {
    Map<String, String> annotations =
        judgement.verdict() == Verdict.ERROR ? Map.of() : Map.of("verdict", Verdict.ALLOW.text());
    return new Answer(
        judgement.change().uid(),
        refusal(judgement),
        Wording.warnings(warnings(judgement), MUTATE_WARNINGS),
        annotations,
        patch);
  }

  private static Optional<Refusal> refusal(Judgement judgement) {
    List<Judged> violations = judgement.findings(Mode.DENY);
    return violations.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                Wording.message(violations, judgement.record()),
                judgement.change().target(),
                violations.stream().map(judged -> cause(judged.finding())).toList()));
  }

  private static Cause cause(Finding finding) {
    String fix = finding.fix().isEmpty() ? "" : " Fix: " + finding.fix();
    return new Cause(
        finding.rule(),
        Plain.oneLine(finding.path().toString()),
        Plain.cut(Plain.oneLine(finding.message() + fix), CAUSE_LENGTH));
  }

  private static List<String> warnings(Judgement judgement) {
    List<String> lines = new ArrayList<>();
    judgement.findings(Mode.WARN).forEach(judged -> lines.add(judged.finding().line()));
    for (RuleError error : judgement.errors()) {
      lines.add(
          "[%s] %s: this rule broke and was passed over"
              .formatted(error.rule(), judgement.change().ref()));
    }
    return lines;
  }

  private static Map<String, String> annotations(Judgement judgement) {
    Map<String, String> annotations = new TreeMap<>();
    annotations.put("verdict", judgement.verdict().text());
    String rules =
        judgement.findings().stream()
            .map(judged -> judged.finding().rule())
            .collect(Collectors.toCollection(TreeSet::new))
            .stream()
            .collect(Collectors.joining(","));
    if (!rules.isEmpty()) {
      annotations.put("rules", rules);
    }
    if (!judgement.record().isEmpty()) {
      annotations.put("record", judgement.record());
    }
    return annotations;
  }
}
