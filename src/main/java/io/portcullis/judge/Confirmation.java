package io.portcullis.judge;

import io.portcullis.cluster.Cluster;
import io.portcullis.finding.Evidence;
import io.portcullis.kube.Kind;
import io.portcullis.kube.Namespace;
import java.util.List;
import java.util.Optional;

/** Asks the live cluster whether what a denial rests on is so. */
public interface Confirmation {
  /** Where the picture is all there is, as with manifests: it is right by definition. */
  Confirmation THE_PICTURE = (evidence, deadline) -> Answer.YES;

  /** What the cluster says. */
  enum Answer {
    /** All of it is so. */
    YES,
    /** Some of it is not so: the picture is behind. */
    NO,
    /** It could not be asked in time: a read failed, or there were too many. */
    UNKNOWN
  }

  /** Asks for all the evidence of one finding. Blocks until the deadline at the latest. */
  Answer confirm(List<Evidence> evidence, Deadline deadline);

  /**
   * Reads a namespace that the picture does not have yet, though something is about to be made in
   * it: its labels say in which tier that is. Empty where it can't be read in time.
   */
  default Optional<Namespace> namespace(String name, Deadline deadline) {
    return Optional.empty();
  }

  /**
   * The picture with a namespace's objects of a kind as they are stored now, for rules to which a
   * picture that is behind is a danger whatever they say. Empty where they can't be read in time.
   */
  default Optional<Cluster> refreshed(
      Cluster picture, Kind kind, String namespace, Deadline deadline) {
    return Optional.of(picture);
  }
}
