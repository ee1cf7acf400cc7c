package io.portcullis.admission;

import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Delta;
import io.portcullis.cluster.Picture;
import io.portcullis.finding.Change;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Judged;
import io.portcullis.finding.Mode;
import io.portcullis.finding.Verdict;
import io.portcullis.judge.Confirmation;
import io.portcullis.judge.Deadline;
import io.portcullis.judge.Judge;
import io.portcullis.judge.Judgement;
import io.portcullis.judge.Mutation;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.read.ReadProblem;
import io.portcullis.settings.Settings;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Decides reviews: one picture and one version of the settings from start to end of each. */
public final class Gate {
  /** The name under which what could not be read is told and counted. */
  static final String READ = "read";

  private final Judge judge;
  private final Picture picture;
  private final Supplier<Settings> settings;
  private final Confirmation live;
  private final Clock clock;

  /**
   * @param settings those in force; cheap and never blocking
   * @param live asked before a denial that rests on other objects
   */
  public Gate(
      Judge judge, Picture picture, Supplier<Settings> settings, Confirmation live, Clock clock) {
    this.judge = judge;
    this.picture = picture;
    this.settings = settings;
    this.live = live;
    this.clock = clock;
  }

  /** Judges a review. May block for live confirmation, until the deadline at the latest. */
  public Outcome decide(Webhook webhook, Review review, Deadline deadline) {
    Settings now = settings.get();
    return switch (webhook) {
      case MUTATE -> mutate(review, surroundings(review, now, deadline), now);
      case VALIDATE, GUARD -> validate(review, now, deadline);
    };
  }

  /**
   * Judges a review without waiting for anything; else as {@link #decide} does.
   *
   * @return empty where it may take long
   */
  Optional<Outcome> decideAtOnce(Webhook webhook, Review review) {
    Settings now = settings.get();
    Cluster known = picture.now();
    if (isNew(review, known, now)) {
      return Optional.empty();
    }
    return switch (webhook) {
      case MUTATE ->
          judge.mutatesAtOnce(review.change())
              ? Optional.of(mutate(review, known, now))
              : Optional.empty();
      case VALIDATE, GUARD ->
          judge
              .judgeAtOnce(review.change(), known, now, today())
              .map(judgement -> validated(judgement, review, now));
    };
  }

  /** What becomes of a review that was not judged: what {@code onTimeout} says. */
  public Outcome undecided(Webhook webhook, Review review, Undecided why) {
    Settings now = settings.get();
    Judged instead = instead(review.change(), now, why);
    Judgement none = Judgement.none(review.change(), instead, now.version());
    Answer answer =
        switch (webhook) {
          case MUTATE -> Answers.mutated(none, List.of());
          case VALIDATE, GUARD -> Answers.validated(none);
        };
    return new Outcome(none, answer, List.of(why.rule()), true);
  }

  private Outcome validate(Review review, Settings now, Deadline deadline) {
    Cluster cluster = surroundings(review, now, deadline);
    return validated(
        judge.judge(review.change(), cluster, now, live, deadline, today()), review, now);
  }

  private static Outcome validated(Judgement judged, Review review, Settings now) {
    Judgement judgement = withUnreadable(judged, review);
    boolean audited =
        judgement.verdict() != Verdict.ALLOW
            || !judgement.findings().isEmpty()
            || now.audit().allowed();
    return new Outcome(judgement, Answers.validated(judgement), unreadable(review), audited);
  }

  /** Denials are the validating side's, which sees the same object later: once is enough. */
  private Outcome mutate(Review review, Cluster cluster, Settings now) {
    Mutation mutation = judge.mutate(review.change(), cluster, now, today());
    Judgement judgement =
        withUnreadable(
            Judgement.mutated(review.change(), mutation.errors(), now.version()), review);
    return new Outcome(
        judgement,
        Answers.mutated(judgement, mutation.patch()),
        unreadable(review),
        judgement.verdict() == Verdict.ERROR);
  }

  /**
   * The picture, with the change's namespace in any case: a pod may come within milliseconds of its
   * namespace, before the watch has told of it, and must get its tier all the same.
   */
  private Cluster surroundings(Review review, Settings settings, Deadline deadline) {
    Cluster known = picture.now();
    return isNew(review, known, settings)
        ? live.namespace(review.change().target().namespace(), deadline)
            .map(found -> known.apply(new Delta.Put(found)))
            .orElse(known)
        : known;
  }

  /** Whether the change's namespace matters and has not been seen. */
  private static boolean isNew(Review review, Cluster known, Settings settings) {
    String namespace = review.change().target().namespace();
    return !namespace.isEmpty()
        && review.change().subject().isPresent()
        && !review.change().target().kind().equals(Kind.NAMESPACE.text())
        && known.namespace(namespace).isEmpty()
        && !settings.isExempt(namespace);
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static List<String> unreadable(Review review) {
    return review.problems().isEmpty() ? List.of() : List.of(READ);
  }

  /** One warning for all that could not be read. */
  private static Judgement withUnreadable(Judgement judgement, Review review) {
    if (review.problems().isEmpty()) {
      return judgement;
    }
    ReadProblem first = review.problems().getFirst();
    int more = review.problems().size() - 1;
    String message =
        first.message()
            + (more == 0 ? "" : ", and " + more + " more could not be read")
            + "; this is let pass unjudged.";
    return judgement.plus(Finding.suspicion(READ, review.change().ref(), first.path(), message));
  }

  private static Judged instead(Change change, Settings settings, Undecided why) {
    Finding finding = Finding.violation(why.rule(), change.ref(), FieldPath.ROOT, why.message());
    return switch (settings.onTimeout()) {
      case ALLOW -> new Judged(finding, Mode.WARN);
      case DENY -> new Judged(finding.fix("try again."), Mode.DENY);
    };
  }
}
