package io.portcullis.cluster;

import io.portcullis.kube.Kind;
import java.util.List;

/** The picture of a cluster as it is kept up to date. Safe for any number of readers. */
public interface Picture {
  /** The cluster as it is known now; never blocks. */
  Cluster now();

  /** What has not been listed once yet, for people: {@code pods}. Empty once it is ready. */
  List<String> waitingFor();

  /**
   * The resourceVersion that the picture has reached for a kind; 0 where the kind is not watched.
   */
  long version(Kind kind);

  /** A picture that never changes. */
  static Picture fixed(Cluster cluster) {
    return new Picture() {
      @Override
      public Cluster now() {
        return cluster;
      }

      @Override
      public List<String> waitingFor() {
        return List.of();
      }

      @Override
      public long version(Kind kind) {
        return 0;
      }
    };
  }
}
