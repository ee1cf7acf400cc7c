package io.portcullis.cli;

import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.manifests.ManifestProblem;
import io.portcullis.cluster.manifests.Manifests;
import io.portcullis.cluster.manifests.Surroundings;
import io.portcullis.cluster.watch.Snapshot;
import io.portcullis.cluster.watch.Snapshot.Gap;
import io.portcullis.judge.Confirmation;
import io.portcullis.kube.KubeObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is in the cluster already: it is seen, and not judged.
 *
 * @param objects of a live cluster or of manifests
 * @param problems of the manifests that it was read from
 * @param live whether a cluster was asked, so that what it does not have is not there
 * @param notes what of the cluster could not be seen or is not read, a line each
 * @param confirmation asked before a denial that rests on what was seen
 */
record Background(
    List<KubeObject> objects,
    List<ManifestProblem> problems,
    boolean live,
    List<String> notes,
    Confirmation confirmation) {
  static Background of(Manifests manifests) {
    return new Background(
        manifests.objects(),
        manifests.problems(),
        false,
        manifests.notes(),
        Confirmation.THE_PICTURE);
  }

  static Background of(Snapshot snapshot) {
    return new Background(
        snapshot.objects(),
        List.of(),
        true,
        notes(snapshot),
        (evidence, _) ->
            Sight.of(snapshot).coversAll(evidence)
                ? Confirmation.Answer.YES
                : Confirmation.Answer.UNKNOWN);
  }

  /** The picture of the cluster with these objects applied. */
  Cluster with(Collection<? extends KubeObject> applied) {
    List<KubeObject> all = new ArrayList<>(objects);
    all.addAll(applied);
    return live ? Surroundings.live(all) : Surroundings.around(all);
  }

  /** One line for all kinds that were read as far as each other. */
  private static List<String> notes(Snapshot snapshot) {
    Map<String, TreeSet<String>> byReach = new TreeMap<>();
    for (Gap gap : snapshot.gaps()) {
      String readIn = String.join(", ", new TreeSet<>(gap.readIn()));
      byReach.computeIfAbsent(readIn, _ -> new TreeSet<>()).add(gap.source().toString());
    }
    return byReach.entrySet().stream()
        .map(entry -> note(String.join(", ", entry.getValue()), entry.getKey()))
        .toList();
  }

  private static String note(String sources, String readIn) {
    return readIn.isEmpty()
        ? "not seen, since you may not list them: " + sources
        : "seen in namespace %s only, since you may not list them elsewhere: %s"
            .formatted(readIn, sources);
  }
}
