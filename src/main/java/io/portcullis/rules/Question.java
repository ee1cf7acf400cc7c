package io.portcullis.rules;

import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Delta;
import io.portcullis.finding.Change;
import io.portcullis.finding.ObjectRef;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.settings.Settings;

/**
 * What a rule is asked.
 *
 * @param before the picture without the change
 * @param after the picture with it, which nobody else sees
 */
public record Question(
    Change change, Cluster before, Cluster after, Settings settings, Occasion occasion) {
  /** Why it is asked. */
  public enum Occasion {
    /** The object is about to be stored; others may follow it. */
    REQUEST,
    /** Everything is there that will be: manifests as a whole, or a cluster that is scanned. */
    WHOLE
  }

  /** The question about a change that is asked for now. */
  public static Question request(Change change, Cluster picture, Settings settings) {
    return new Question(
        change,
        picture,
        picture.apply(Delta.between(change.oldObject(), change.object())),
        settings,
        Occasion.REQUEST);
  }

  /** The question about an object of a picture that is whole. */
  public static Question whole(Change change, Cluster picture, Settings settings) {
    return new Question(change, picture, picture, settings, Occasion.WHOLE);
  }

  /** Whether a NetworkPolicy changes. */
  boolean isOfPolicy() {
    return change.subject().orElse(null) instanceof NetworkPolicy;
  }

  /** The changed object's name for people. */
  public ObjectRef ref() {
    return change.ref();
  }
}
