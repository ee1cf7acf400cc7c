package io.portcullis.cluster.watch;

import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import java.util.List;
import java.util.Set;

/**
 * What a cluster holds at about one moment, as far as it may be read.
 *
 * @param objects all that could be read, in no order
 * @param gaps what could not
 */
public record Snapshot(List<KubeObject> objects, List<Gap> gaps) {
  public Snapshot {
    objects = List.copyOf(objects);
    gaps = List.copyOf(gaps);
  }

  /**
   * A source that may not be listed.
   *
   * @param readIn the namespaces whose part of it was read all the same
   */
  public record Gap(Source source, Set<String> readIn) {
    public Gap {
      readIn = Set.copyOf(readIn);
    }
  }

  /**
   * Whether all there is of a kind was read.
   *
   * @param namespace where; empty: in the whole cluster
   */
  public boolean sees(Kind kind, String namespace) {
    return gaps.stream()
        .noneMatch(gap ->
            gap.source().kind() == kind
                && (namespace.isEmpty() || !gap.readIn().contains(namespace)));
  }
}
