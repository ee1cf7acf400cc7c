package io.portcullis.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.proof.Property;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortSetTest {
  private static final int[] PROBES = {1, 2, 79, 80, 81, 82, 83, 90, 91, 92, 65_534, 65_535};

  /** A run that is added, or taken away. */
  private record Step(boolean added, Protocol protocol, PortRange range) {}

  @Test
  void runsThatTouchAreOne() {
    PortSet set = tcp(80, 89).union(tcp(90, 99));
    assertThat(set).isEqualTo(tcp(80, 99)).hasSameHashCodeAs(tcp(80, 99));
    assertThat(set.ranges(Protocol.TCP)).containsExactly(new PortRange(80, 99));
  }

  @Test
  void aHoleSplitsARun() {
    assertThat(tcp(80, 99).minus(tcp(85, 85)).ranges(Protocol.TCP))
        .containsExactly(new PortRange(80, 84), new PortRange(86, 99));
  }

  @Test
  void protocolsDoNotMeet() {
    assertThat(tcp(80, 80).intersection(PortSet.of(Protocol.UDP, 80))).isEqualTo(PortSet.NONE);
    assertThat(tcp(80, 80).union(PortSet.of(Protocol.UDP, 80)).ranges(Protocol.UDP)).hasSize(1);
  }

  @Test
  void everythingIsAllThreeProtocols() {
    PortSet all =
        PortSet.all(Protocol.TCP)
            .union(PortSet.all(Protocol.UDP))
            .union(PortSet.all(Protocol.SCTP));
    assertThat(all).isEqualTo(PortSet.ALL);
    assertThat(all.isAll()).isTrue();
    assertThat(PortSet.ALL.complement()).isEqualTo(PortSet.NONE);
    assertThat(PortSet.NONE.complement()).isEqualTo(PortSet.ALL);
  }

  @Test
  void peopleReadItWithTheProtocolFirst() {
    assertThat(tcp(80, 80).union(tcp(8000, 8010)).union(PortSet.of(Protocol.UDP, 53)))
        .hasToString("TCP/80, TCP/8000-8010, UDP/53");
    assertThat(PortSet.all(Protocol.TCP)).hasToString("all TCP");
    assertThat(PortSet.ALL).hasToString("all ports");
    assertThat(PortSet.NONE).hasToString("no port");
  }

  @Test
  void theAlgebraIsThatOfSetsOfSinglePorts() {
    Property.forAll(300, PortSetTest::steps, PortSetTest::check);
  }

  private static void check(List<Step> steps) {
    PortSet set = PortSet.NONE;
    Set<String> naive = new HashSet<>();
    for (Step step : steps) {
      PortSet run = PortSet.of(step.protocol(), step.range());
      set = step.added() ? set.union(run) : set.minus(run);
      for (int port = step.range().first(); port <= step.range().last(); port++) {
        String each = step.protocol() + "/" + port;
        if (step.added()) {
          naive.add(each);
        } else {
          naive.remove(each);
        }
      }
      assertThat(set.intersection(run)).isEqualTo(step.added() ? run : PortSet.NONE);
      assertThat(set.containsAll(run)).isEqualTo(step.added());
    }
    for (Protocol protocol : Protocol.values()) {
      for (int port : PROBES) {
        assertThat(set.contains(protocol, port)).isEqualTo(naive.contains(protocol + "/" + port));
        assertThat(set.complement().contains(protocol, port))
            .isNotEqualTo(set.contains(protocol, port));
      }
    }
    assertThat(set.isEmpty()).isEqualTo(naive.isEmpty());
  }

  private static List<Step> steps(Random random) {
    List<Step> steps = new ArrayList<>();
    for (int i = random.nextInt(8); i >= 0; i--) {
      int first = PROBES[random.nextInt(PROBES.length - 2)];
      int last = Math.min(first + random.nextInt(4), 65_535);
      Protocol protocol = List.of(Protocol.values()).get(random.nextInt(3));
      steps.add(new Step(random.nextInt(3) > 0, protocol, new PortRange(first, last)));
    }
    return steps;
  }

  private static PortSet tcp(int first, int last) {
    return PortSet.of(Protocol.TCP, new PortRange(first, last));
  }
}
