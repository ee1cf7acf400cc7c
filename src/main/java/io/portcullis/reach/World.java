package io.portcullis.reach;

import io.portcullis.cluster.Cluster;
import io.portcullis.net.AddressRange;
import io.portcullis.net.Labels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A picture with its workloads and the way into it, and what may pass between their classes.
 *
 * @param cells of the address space
 */
record World(
    Scene scene,
    List<AddressRange> cells,
    Classes classes,
    Matrix matrix,
    List<Set<String>> parties) {
  /**
   * What a controller counts as that is not in the picture: a pod without labels, in a namespace
   * that no policy can name.
   */
  static final Endpoint CONTROLLER =
      new Endpoint("(ingress-controller)", Labels.EMPTY, List.of(), false, List.of());

  /**
   * @param space cut along the ranges of this picture's policies at least
   */
  static World of(Scene scene, AddressSpace space) {
    Cluster cluster = scene.cluster();
    List<Endpoint> pods = new ArrayList<>(List.of(CONTROLLER));
    scene
        .parties()
        .forEach(party -> party.members().forEach(member -> pods.add(member.endpoint())));
    Reach reach = Reach.of(cluster);
    Elements elements = new Elements(pods, space, cluster::namespaceLabels);
    Classes classes = Classes.of(elements, new AllPolicies(reach));
    return new World(
        scene,
        space.cells(),
        classes,
        new Matrix(reach, classes),
        parties(scene.parties(), classes));
  }

  /** The ids of the parties that each class has pods of. */
  private static List<Set<String>> parties(Collection<Party> parties, Classes classes) {
    List<Set<String>> ids = new ArrayList<>();
    IntStream.range(0, classes.size()).forEach(_ -> ids.add(new HashSet<>()));
    for (Party party : parties) {
      for (Party.Member member : party.members()) {
        ids.get(classes.classOf(member.endpoint())).add(party.id());
      }
    }
    return ids;
  }

  /** Whether policy tells the pods of a workload apart in what passes to or from others. */
  boolean isApart(Party party) {
    List<Integer> its =
        party.members().stream()
            .map(member -> classes.classOf(member.endpoint()))
            .distinct()
            .toList();
    return its.size() > 1
        && its.stream().skip(1).anyMatch(one -> differ(its.getFirst(), one, party.id()));
  }

  private boolean differ(int one, int other, String party) {
    return IntStream.range(0, classes.size())
        .filter(third -> isShown(third, party))
        .anyMatch(third ->
            !matrix.open(one, third).equals(matrix.open(other, third))
                || !matrix.open(third, one).equals(matrix.open(third, other)));
  }

  /** Whether a class has anybody in it that the map shows, beside a party's own pods. */
  private boolean isShown(int one, String party) {
    return switch (classes.representative(one)) {
      case Outside _ -> true;
      case Endpoint _ ->
          parties.get(one).isEmpty() ? scene.isEntered() : !parties.get(one).equals(Set.of(party));
    };
  }

  /** The class of a pod of some workload, or of {@link #CONTROLLER}. */
  int classOf(Endpoint pod) {
    return classes.classOf(pod);
  }
}
