package io.portcullis.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Delta;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.kube.Pod;
import io.portcullis.kube.PolicyPeer;
import io.portcullis.kube.PolicyPort;
import io.portcullis.kube.PortRef;
import io.portcullis.net.Cidr;
import io.portcullis.net.Labels;
import io.portcullis.net.PortRange;
import io.portcullis.net.PortSet;
import io.portcullis.net.Protocol;
import io.portcullis.net.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the API server refuses, or nobody writes by hand: it may stand in an old cluster or in a
 * review all the same. It opens no more than it says, and costs no more than it is long.
 */
class BadInputTest {
  private static final Endpoint API =
      new Endpoint("shop", Labels.of("app", "api"), List.of(), false, List.of());

  private static PolicyPort ports(int first, int last) {
    return new PolicyPort(
        Protocol.TCP, Optional.of(new PortRef.ByNumber(first)), Optional.of(last));
  }

  private static PolicyPeer block(String cidr, String... except) {
    return new PolicyPeer.Block(Cidr.parse(cidr), Stream.of(except).map(Cidr::parse).toList());
  }

  private static PolicyPeer app(String value) {
    return new PolicyPeer.Pods(Optional.of(Selector.of(Labels.of("app", value))), Optional.empty());
  }

  private static NetworkPolicy policy(List<PolicyPeer> peers, PolicyPort... ports) {
    return new NetworkPolicy(
        Meta.of("shop", "api", Labels.EMPTY),
        Selector.EVERYTHING,
        Set.of(Direction.INGRESS),
        List.of(new NetworkPolicy.Rule(peers, List.of(ports))),
        List.of());
  }

  private static PortSet open(Peer from, KubeObject... policies) {
    return Reach.of(Cluster.of(List.of(policies))).between(from, API).open();
  }

  private static Outside at(String cidr) {
    return new Outside(Cidr.parse(cidr).range());
  }

  private static PortSet tcp(int first, int last) {
    return PortSet.of(Protocol.TCP, new PortRange(first, last));
  }

  @Test
  void aRangeOfPortsThatEndsBeforeItBeginsOpensNothing() {
    assertThat(open(at("192.0.2.1/32"), policy(List.of(), ports(9000, 8000))))
        .isEqualTo(PortSet.NONE);
    assertThat(open(at("192.0.2.1/32"), policy(List.of(), ports(8000, 9000))))
        .isEqualTo(tcp(8000, 9000));
  }

  @Test
  void portsThatThereAreNotOpenNothing() {
    assertThat(
            open(
                at("192.0.2.1/32"),
                policy(List.of(), ports(0, 80), ports(-5, -1), ports(65_000, 70_000))))
        .isEqualTo(PortSet.NONE);
  }

  @Test
  void rangesOfPortsThatOverlapAddUp() {
    assertThat(
            open(
                at("192.0.2.1/32"),
                policy(List.of(), ports(10, 30), ports(20, 40), ports(41, 50), ports(15, 16))))
        .isEqualTo(tcp(10, 50));
  }

  @Test
  void anExceptionOutsideItsBlockTakesNothingFromIt() {
    NetworkPolicy policy = policy(List.of(block("10.0.0.0/24", "192.168.0.0/16")), ports(80, 80));
    assertThat(open(at("10.0.0.7/32"), policy)).isEqualTo(tcp(80, 80));
    assertThat(open(at("192.168.0.7/32"), policy)).isEqualTo(PortSet.NONE);
  }

  @Test
  void anExceptionWiderThanItsBlockLeavesNothing() {
    NetworkPolicy policy = policy(List.of(block("10.0.0.0/24", "10.0.0.0/8")), ports(80, 80));
    assertThat(open(at("10.0.0.7/32"), policy)).isEqualTo(PortSet.NONE);
  }

  @Test
  void anExceptionOfTheOtherFamilyTakesNothing() {
    NetworkPolicy policy = policy(List.of(block("10.0.0.0/24", "fd00::/8")), ports(80, 80));
    assertThat(open(at("10.0.0.7/32"), policy)).isEqualTo(tcp(80, 80));
  }

  /** As the API server took them before 1.36. */
  @Test
  void aMappedBlockIsTheIpv4BlockInIt() {
    NetworkPolicy policy =
        policy(List.of(block("::ffff:10.0.0.0/104", "::ffff:10.1.0.0/112")), ports(80, 80));
    assertThat(open(at("10.0.0.7/32"), policy)).isEqualTo(tcp(80, 80));
    assertThat(open(at("10.1.0.7/32"), policy)).isEqualTo(PortSet.NONE);
    assertThat(open(at("11.0.0.7/32"), policy)).isEqualTo(PortSet.NONE);
  }

  @Test
  void aPolicyWithTenThousandPeersMeansEachOfThem() {
    List<PolicyPeer> peers = new ArrayList<>();
    IntStream.range(0, 5_000)
        .forEach(i -> {
          peers.add(app("caller-" + i));
          peers.add(block("10.%d.%d.0/24".formatted(i / 256, i % 256)));
        });
    NetworkPolicy policy = policy(peers, ports(80, 80));
    Endpoint last =
        new Endpoint("shop", Labels.of("app", "caller-4999"), List.of(), false, List.of());
    Endpoint none =
        new Endpoint("shop", Labels.of("app", "caller-5000"), List.of(), false, List.of());

    assertThat(open(last, policy)).isEqualTo(tcp(80, 80));
    assertThat(open(none, policy)).isEqualTo(PortSet.NONE);
    assertThat(open(at("10.19.135.0/24"), policy)).isEqualTo(tcp(80, 80));
    assertThat(open(at("10.19.136.0/24"), policy)).isEqualTo(PortSet.NONE);
  }

  /** Addresses that nothing tells apart are one peer, however many blocks name them. */
  @Test
  void theMapOfAPolicyWithTenThousandBlocksHasTwoRangesOfAddresses() {
    List<PolicyPeer> blocks =
        IntStream.range(0, 10_000)
            .mapToObj(i -> block("10.%d.%d.0/25".formatted(i / 256, i % 256)))
            .toList();
    List<KubeObject> objects =
        List.copyOf(Written.of(Written.pod("shop", "api", "api", "")).objects());
    Cluster cluster =
        Cluster.of(objects)
            .apply(Delta.between(Optional.empty(), Optional.of(policy(blocks, ports(80, 80)))));
    List<Pod> pods = objects.stream().filter(Pod.class::isInstance).map(Pod.class::cast).toList();

    ReachMap map =
        ReachMap.of(
            new Scene(
                cluster, Roster.of(cluster, pods, (_, labels) -> labels), List.of(), List.of()));

    assertThat(map.peers()).hasSize(3);
    assertThat(map.peers().stream().filter(MapPeer.Ranges.class::isInstance))
        .extracting(peer -> ((MapPeer.Ranges) peer).ranges().size())
        .containsExactlyInAnyOrder(10_000, 10_001);
  }
}
