package io.portcullis.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.cluster.Cluster;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Pod;
import io.portcullis.net.AddressRange;
import io.portcullis.net.PortSet;
import io.portcullis.net.Protocol;
import io.portcullis.proof.Property;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The map of a whole picture, against the oracle. */
class ReachMapPropertyTest {
  private static final int CLUSTERS = Integer.getInteger("portcullis.clusters", 300);
  private static final int[] PROBES = {1, 2, 52, 53, 54, 80, 81, 82, 130, 8080, 8081, 65_535};

  @Test
  void eachPortOfEachConnectionIsAsTheOracleSays() {
    Property.forAll(CLUSTERS, SomePolicies::of, ReachMapPropertyTest::isAsTheOracleSays);
  }

  @Test
  void addressesAreCoveredOnce() {
    Property.forAll(CLUSTERS, SomePolicies::of, ReachMapPropertyTest::coversAddresses);
  }

  private static void isAsTheOracleSays(List<KubeObject> objects) {
    ReachMap map = map(objects);
    Oracle oracle = new Oracle(objects);
    for (int i = 0; i < map.peers().size(); i++) {
      Map<Integer, PortSet> connections = map.from(i);
      assertThat(connections.values()).noneMatch(PortSet::isEmpty);
      for (int j = 0; j < map.peers().size(); j++) {
        if (isListed(map.peers().get(i), map.peers().get(j))) {
          PortSet open = connections.getOrDefault(j, PortSet.NONE);
          compare(map.peers().get(i), map.peers().get(j), open, objects, oracle);
        } else {
          assertThat(connections).doesNotContainKey(j);
        }
      }
    }
  }

  private static boolean isListed(MapPeer from, MapPeer to) {
    return from instanceof MapPeer.Pods pods
        ? !(to instanceof MapPeer.Pods others && others.party().id().equals(pods.party().id()))
        : to instanceof MapPeer.Pods;
  }

  private static void compare(
      MapPeer from, MapPeer to, PortSet open, List<KubeObject> objects, Oracle oracle) {
    for (Oracle.End source : ends(from, objects)) {
      for (Oracle.End target : ends(to, objects)) {
        for (Protocol protocol : Protocol.values()) {
          for (int port : PROBES) {
            if (open.contains(protocol, port) != oracle.allows(source, target, protocol, port)) {
              throw new AssertionError(
                  "%s to %s on %s/%d, where %s is open"
                      .formatted(source, target, protocol, port, open));
            }
          }
        }
      }
    }
  }

  /** Each pod of a workload, or both ends of each range. */
  private static List<Oracle.End> ends(MapPeer peer, List<KubeObject> objects) {
    return switch (peer) {
      case MapPeer.Pods pods ->
          pods.members().stream()
              .map(member -> Oracle.End.of(pod(pods.party().namespace(), member.name(), objects)))
              .toList();
      case MapPeer.Ranges ranges ->
          ranges.ranges().stream()
              .flatMap(range -> Stream.of(range.first(), range.last()))
              .map(Oracle.End::of)
              .toList();
      case MapPeer.IngressController _ -> throw new AssertionError("there is no entry");
    };
  }

  private static Pod pod(String namespace, String name, List<KubeObject> objects) {
    return objects.stream()
        .filter(Pod.class::isInstance)
        .map(Pod.class::cast)
        .filter(pod -> pod.namespace().equals(namespace) && pod.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void coversAddresses(List<KubeObject> objects) {
    List<AddressRange> ranges = new ArrayList<>();
    for (MapPeer peer : map(objects).peers()) {
      if (peer instanceof MapPeer.Ranges some) {
        ranges.addAll(some.ranges());
      }
    }
    assertThat(count(ranges, 32)).isEqualTo(BigInteger.TWO.pow(32));
    assertThat(count(ranges, 128)).isIn(BigInteger.ZERO, BigInteger.TWO.pow(128));
    for (AddressRange range : ranges) {
      assertThat(ranges.stream().filter(range::overlaps)).containsExactly(range);
    }
  }

  private static BigInteger count(List<AddressRange> ranges, int width) {
    return ranges.stream()
        .filter(range -> range.first().family().width() == width)
        .map(range -> range.last().bits().subtract(range.first().bits()).add(BigInteger.ONE))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private static ReachMap map(List<KubeObject> objects) {
    Cluster cluster = Cluster.of(objects);
    List<Pod> pods = objects.stream().filter(Pod.class::isInstance).map(Pod.class::cast).toList();
    List<Party> parties = Roster.of(cluster, pods, (_, labels) -> labels);
    return ReachMap.of(new Scene(cluster, parties, List.of(), List.of()));
  }
}
