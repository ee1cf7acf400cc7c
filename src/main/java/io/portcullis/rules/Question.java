package io.portcullis.rules;

import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Delta;
import io.portcullis.finding.Change;
import io.portcullis.finding.ObjectRef;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.reach.Reach;
import io.portcullis.settings.Settings;
import org.jspecify.annotations.Nullable;

/** What a rule is asked. For one thread at a time. */
public final class Question {
  /** Why it is asked. */
  public enum Occasion {
    /** The object is about to be stored; others may follow it. */
    REQUEST,
    /** Everything is there that will be: manifests as a whole, or a cluster that is scanned. */
    WHOLE
  }

  private final Change change;
  private final Cluster before;
  private final Settings settings;
  private final Occasion occasion;

  /** Made when it is first asked for, since most rules never do. */
  private @Nullable Cluster after;

  private @Nullable Reach reachBefore;

  private @Nullable Reach reachAfter;

  /** The question about a change that makes one picture of another. */
  public Question(
      Change change, Cluster before, Cluster after, Settings settings, Occasion occasion) {
    this(change, before, settings, occasion);
    this.after = after;
  }

  private Question(Change change, Cluster before, Settings settings, Occasion occasion) {
    this.change = change;
    this.before = before;
    this.settings = settings;
    this.occasion = occasion;
  }

  /** The question about a change that is asked for now. */
  public static Question request(Change change, Cluster picture, Settings settings) {
    return new Question(change, picture, settings, Occasion.REQUEST);
  }

  /**
   * The question about an object of a picture that is whole.
   *
   * @param picture who can reach whom in it, which all questions about it share
   */
  public static Question whole(Change change, Reach picture, Settings settings) {
    Question question =
        new Question(change, picture.cluster(), picture.cluster(), settings, Occasion.WHOLE);
    question.reachBefore = picture;
    question.reachAfter = picture;
    return question;
  }

  /** Whether a NetworkPolicy changes. */
  boolean isOfPolicy() {
    return change.subject().orElse(null) instanceof NetworkPolicy;
  }

  public Change change() {
    return change;
  }

  /** The picture without the change. */
  public Cluster before() {
    return before;
  }

  /** The picture with it, which nobody else sees. */
  public Cluster after() {
    Cluster known = after;
    if (known == null) {
      known = before.apply(Delta.between(change.oldObject(), change.object()));
      after = known;
    }
    return known;
  }

  /**
   * The picture in which the change's namespace has the labels that it will have. It may lack all
   * else of the change, and costs nothing.
   */
  public Cluster labelled() {
    return change.subject().orElse(null) instanceof Namespace ? after() : before;
  }

  public Settings settings() {
    return settings;
  }

  public Occasion occasion() {
    return occasion;
  }

  /** Who can reach whom before the change. */
  Reach reachBefore() {
    Reach known = reachBefore;
    if (known == null) {
      known = Reach.of(before);
      reachBefore = known;
    }
    return known;
  }

  /** Who can reach whom after the change; takes over what the change can't have changed. */
  Reach reachAfter() {
    Reach known = reachAfter;
    if (known == null) {
      known =
          isOfPolicy()
              ? reachBefore().changed(after(), change.target().namespace())
              : Reach.of(after());
      reachAfter = known;
    }
    return known;
  }

  /** The changed object's name for people. */
  public ObjectRef ref() {
    return change.ref();
  }
}
