package io.portcullis.judge;

import io.portcullis.cluster.Cluster;
import io.portcullis.finding.Change;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Judged;
import io.portcullis.finding.Mode;
import io.portcullis.finding.PatchOp;
import io.portcullis.finding.Verdict;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.reach.Reach;
import io.portcullis.rules.GuardingRule;
import io.portcullis.rules.MutatingRule;
import io.portcullis.rules.Question;
import io.portcullis.rules.Rule;
import io.portcullis.rules.RuleBook;
import io.portcullis.rules.RuleInfo;
import io.portcullis.settings.Catalogue;
import io.portcullis.settings.Settings;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Judges changes by the rules of a book. Safe for any number of callers; it remembers who is in
 * which rule now, and what was let pass of what isolates pods until it is stored.
 */
public final class Judge {
  private static final Comparator<Judged> WORST_FIRST =
      Comparator.comparing(Judged::mode)
          .thenComparingInt(judged -> Catalogue.rank(judged.finding().rule()))
          .thenComparing(judged -> judged.finding().path())
          .thenComparing(judged -> judged.finding().message());

  /** A change that is asked for now. */
  private record Asked(
      Change change, Settings settings, Confirmation live, Deadline deadline, LocalDate today) {
    Asked by(Confirmation other) {
      return new Asked(change, settings, other, deadline, today);
    }
  }

  private final RuleBook book;
  private final Passage passage = new Passage();
  private final Fence fence = new Fence(System::nanoTime);

  public Judge(RuleBook book) {
    this.book = book;
  }

  /**
   * Judges a change that is asked for now.
   *
   * @param live asked before a denial that rests on other objects
   * @param today the day by which exceptions expire
   */
  public Judgement judge(
      Change change,
      Cluster picture,
      Settings settings,
      Confirmation live,
      Deadline deadline,
      LocalDate today) {
    if (Exempted.passes(change, picture, settings)) {
      return Judgement.allowed(change, settings.version());
    }
    Asked asked = new Asked(change, settings, live, deadline, today);
    return guarding(asked, picture)
        .map(rule ->
            passage
                .inTurn(deadline, () -> inTurn(rule, asked, picture))
                .orElseGet(() -> unread(rule, asked, picture)))
        .orElseGet(() -> judge(asked, picture));
  }

  private Judgement judge(Asked asked, Cluster picture) {
    Sitting sitting =
        new Sitting(Question.request(asked.change(), picture, asked.settings()), asked.today());
    List<Judged> findings = sitting.findings();
    if (denies(findings)) {
      findings = sitting.demoteWhatWasThere(findings);
      findings = confirm(findings, asked.live(), asked.deadline());
    }
    return sitting.conclude(findings);
  }

  /** The rule for which a stale yes would be a danger here. */
  private Optional<Rule> guarding(Asked asked, Cluster picture) {
    Change change = asked.change();
    Modes modes = new Modes(asked.settings(), picture, change, asked.today());
    return book.about(change).stream()
        .filter(rule ->
            rule instanceof GuardingRule guarding
                && guarding.guards(change, picture, asked.settings()))
        .filter(rule -> modes.ofRule(rule.info().id()) != Mode.OFF)
        .findFirst();
  }

  /** Judges by what is stored now, and by what was let pass and is about to be stored. */
  private Judgement inTurn(Rule guarding, Asked asked, Cluster picture) {
    Change change = asked.change();
    Judgement judgement =
        asked
            .live()
            .refreshed(picture, Kind.NETWORK_POLICY, change.target().namespace(), asked.deadline())
            .map(stored -> judge(asked, passage.ahead(stored, change)))
            .orElseGet(() -> unread(guarding, asked, passage.ahead(picture, change)));
    if (judgement.allowed() && !change.dryRun()) {
      passage.note(change, asked.deadline());
    }
    return judgement;
  }

  /** Judges by the picture alone: it refuses nothing, and somebody should know. */
  private Judgement unread(Rule guarding, Asked asked, Cluster picture) {
    Finding warning =
        Finding.suspicion(
            guarding.info().id(),
            asked.change().ref(),
            FieldPath.ROOT,
            ("can't tell whether pods stay isolated: the NetworkPolicies of namespace %s could not"
                    + " be read in time.")
                .formatted(asked.change().target().namespace()));
    return judge(asked.by((_, _) -> Confirmation.Answer.UNKNOWN), picture).plus(warning);
  }

  /**
   * Judges a change without waiting for anything, as {@link #judge} does.
   *
   * @return empty where that may take long: a rule walks far, hangs, or would deny
   */
  public Optional<Judgement> judgeAtOnce(
      Change change, Cluster picture, Settings settings, LocalDate today) {
    if (Exempted.passes(change, picture, settings)) {
      return Optional.of(Judgement.allowed(change, settings.version()));
    }
    if (!book.isQuick(change)) {
      return Optional.empty();
    }
    Sitting sitting = new Sitting(Question.request(change, picture, settings), today);
    List<Judged> findings = sitting.findings();
    boolean isDone = sitting.errors.isEmpty() && !denies(findings);
    return isDone ? Optional.of(sitting.conclude(findings)) : Optional.empty();
  }

  /** Whether {@link #mutate} takes microseconds. */
  public boolean mutatesAtOnce(Change change) {
    return book.isQuick(change);
  }

  /**
   * Judges an object of a picture that is whole, as if it were created into it: nothing is demoted.
   *
   * @param whole who can reach whom in the picture
   * @param sight asked before a denial that rests on other objects: not all may have been seen
   */
  public Judgement judgeWhole(
      Change change, Reach whole, Settings settings, Confirmation sight, LocalDate today) {
    if (Exempted.passes(change, whole.cluster(), settings)) {
      return Judgement.allowed(change, settings.version());
    }
    Sitting sitting = new Sitting(Question.whole(change, whole, settings), today);
    return sitting.conclude(confirm(sitting.findings(), sight, Deadline.NEVER));
  }

  /** What the rules change of an object that is being created. */
  public Mutation mutate(Change change, Cluster picture, Settings settings, LocalDate today) {
    if (Exempted.passes(change, picture, settings)) {
      return Mutation.NONE;
    }
    Sitting sitting = new Sitting(Question.request(change, picture, settings), today);
    List<PatchOp> patch = sitting.patch();
    return new Mutation(patch, sitting.errors);
  }

  private static List<Judged> confirm(List<Judged> findings, Confirmation live, Deadline deadline) {
    return findings.stream()
        .map(judged ->
            judged.mode() != Mode.DENY || isConfirmed(judged.finding(), live, deadline)
                ? judged
                : new Judged(judged.finding(), Mode.WARN))
        .toList();
  }

  /** Whether it needs no asking, or was asked and is so: no denial rests on what could not be. */
  private static boolean isConfirmed(Finding finding, Confirmation live, Deadline deadline) {
    if (finding.evidence().isEmpty()) {
      return true;
    }
    try {
      return !deadline.hasPassed()
          && live.confirm(finding.evidence(), deadline) == Confirmation.Answer.YES;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static boolean denies(List<Judged> findings) {
    for (Judged judged : findings) {
      if (judged.mode() == Mode.DENY) {
        return true;
      }
    }
    return false;
  }

  /** The rules at work on one question. */
  private final class Sitting {
    private final Question question;
    private final Modes modes;
    private final List<RuleError> errors = new ArrayList<>();

    Sitting(Question question, LocalDate today) {
      this.question = question;
      this.modes = new Modes(question.settings(), question.labelled(), question.change(), today);
    }

    List<Judged> findings() {
      List<Judged> all = new ArrayList<>();
      for (Rule rule : applicable()) {
        for (Finding finding : fenced(rule, each -> each.judge(question))) {
          Judged judged = modes.of(finding);
          if (judged.mode() != Mode.OFF) {
            all.add(judged);
          }
        }
      }
      return all;
    }

    List<PatchOp> patch() {
      List<PatchOp> all = new ArrayList<>();
      for (Rule rule : applicable()) {
        if (rule instanceof MutatingRule mutating) {
          all.addAll(fenced(mutating, each -> mutating.mutate(question)));
        }
      }
      return all;
    }

    /** A finding that the old object had is no reason to refuse its mending, scaling, labelling. */
    List<Judged> demoteWhatWasThere(List<Judged> findings) {
      Optional<Question> before = asItWas();
      if (before.isEmpty()) {
        return findings;
      }
      Map<String, Predicate<Finding>> had = new HashMap<>();
      return findings.stream()
          .map(judged ->
              judged.mode() == Mode.DENY
                      && had.computeIfAbsent(
                              judged.finding().rule(), rule -> wasThere(rule, before.get()))
                          .test(judged.finding())
                  ? new Judged(judged.finding(), Mode.WARN)
                  : judged)
          .toList();
    }

    /** Where the rule breaks over the old object it can't be known, so that nothing is refused. */
    private Predicate<Finding> wasThere(String rule, Question before) {
      int known = errors.size();
      List<Finding> had =
          book.find(rule).map(found -> fenced(found, each -> each.judge(before))).orElse(List.of());
      return errors.size() > known ? _ -> true : finding -> had.stream().anyMatch(finding::sameAs);
    }

    /** The question what the old object would be told, were it created as it is. */
    private Optional<Question> asItWas() {
      Change change = question.change();
      if (change.object().isEmpty()) {
        return Optional.empty();
      }
      return change
          .oldObject()
          .map(old ->
              new Question(
                  Change.creation(old),
                  question.before(),
                  question.before(),
                  question.settings(),
                  question.occasion()));
    }

    Judgement conclude(List<Judged> findings) {
      String version = question.settings().version();
      if (findings.isEmpty() && errors.isEmpty()) {
        return Judgement.allowed(question.change(), version);
      }
      List<Judged> sorted = findings.stream().sorted(WORST_FIRST).toList();
      String record = RecordId.of(question.change(), sorted, version);
      return new Judgement(question.change(), verdict(sorted), sorted, errors, version, record);
    }

    private Verdict verdict(List<Judged> findings) {
      if (denies(findings)) {
        return Verdict.DENY;
      }
      if (!errors.isEmpty()) {
        return Verdict.ERROR;
      }
      return findings.stream().anyMatch(judged -> judged.mode() == Mode.WARN)
          ? Verdict.WARN
          : Verdict.ALLOW;
    }

    private List<Rule> applicable() {
      boolean generated = Exempted.isGenerated(question.change(), question.before());
      List<Rule> applicable = new ArrayList<>();
      for (Rule rule : book.about(question.change())) {
        boolean suits = !generated || rule.info().view() == RuleInfo.View.THE_OBJECT;
        if (suits && modes.ofRule(rule.info().id()) != Mode.OFF) {
          applicable.add(rule);
        }
      }
      return applicable;
    }

    /**
     * Runs a rule so that its breaking is its own: the error is kept, the others judge on. One that
     * is quick here has nothing to hang in.
     */
    private <T> List<T> fenced(Rule rule, Function<Rule, List<T>> run) {
      try {
        return rule.isQuick(question.change())
            ? run.apply(rule)
            : fence.ask(rule.info().id(), () -> run.apply(rule));
      } catch (RuntimeException | StackOverflowError e) {
        errors.add(new RuleError(rule.info().id(), e.toString()));
        return List.of();
      }
    }
  }
}
