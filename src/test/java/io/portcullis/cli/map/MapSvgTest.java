package io.portcullis.cli.map;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.cluster.Cluster;
import io.portcullis.net.Labels;
import io.portcullis.reach.Endpoint;
import io.portcullis.reach.MapPeer;
import io.portcullis.reach.Party;
import io.portcullis.reach.ReachMap;
import io.portcullis.reach.Scene;
import io.portcullis.settings.Tiers;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class MapSvgTest {
  private static final TierNames NONE = new TierNames(Tiers.NONE);
  private static final TierNames TIERS =
      new TierNames(
          new Tiers(
              "tier",
              List.of(),
              List.of(
                  new Tiers.Flow("web", "api", List.of()),
                  new Tiers.Flow("api", "data", List.of())),
              List.of(),
              Tiers.Unlabelled.ALLOW));

  @ParameterizedTest
  @ValueSource(ints = {5, 20, 60})
  void noTwoBoxesOverlapAndAllAreInThePicture(int workloads) {
    for (TierNames tiers : List.of(NONE, TIERS)) {
      SvgLayout layout = SvgLayout.of(map(workloads), tiers);
      assertThat(layout.boxes()).hasSize(workloads + 1);
      for (SvgLayout.Box box : layout.boxes()) {
        assertThat(layout.boxes().stream().filter(other -> overlap(box, other)))
            .containsExactly(box);
        assertThat(box.right()).isLessThan(layout.width());
        assertThat(box.y() + SvgLayout.BOX_HEIGHT).isLessThan(layout.height());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 20, 60})
  void thePictureIsXmlWithALineForEachConnection(int workloads) throws Exception {
    StringWriter text = new StringWriter();
    new MapSvg(TIERS).write(map(workloads), new PrintWriter(text));
    Document svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(text.toString())));
    assertThat(svg.getElementsByTagName("path").getLength())
        .isEqualTo(workloads * (workloads - 1) + 2 * workloads);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 20, 60})
  void arrowsThatPassColumnsRunBetweenTheRows(int workloads) {
    ReachMap map = map(workloads);
    StringWriter text = new StringWriter();
    new MapSvg(TIERS).write(map, new PrintWriter(text));
    List<SvgLayout.Box> boxes = SvgLayout.of(map, TIERS).boxes();
    List<Integer> lanes =
        Pattern.compile("L-?\\d+ (\\d+)C")
            .matcher(text.toString())
            .results()
            .map(found -> Integer.valueOf(found.group(1)))
            .toList();
    assertThat(lanes).isNotEmpty();
    for (SvgLayout.Box box : boxes) {
      assertThat(lanes).noneMatch(lane -> box.y() <= lane && lane <= box.bottom());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"web", "api", "data"})
  void tiersStandInTheOrderOfTheirFlows(String tier) {
    List<String> order = List.of("outside", "web", "api", "data");
    ReachMap map = map(20);
    List<SvgLayout.Box> boxes = SvgLayout.of(map, TIERS).boxes();
    int x = boxes.stream().filter(box -> box.column().equals(tier)).findFirst().orElseThrow().x();
    assertThat(boxes)
        .filteredOn(box -> order.indexOf(box.column()) < order.indexOf(tier))
        .isNotEmpty()
        .allSatisfy(box -> assertThat(box.right()).isLessThan(x));
    assertThat(map.peers().stream().filter(peer -> TIERS.of(peer).equals(Optional.of(tier))))
        .allMatch(MapPeer.Pods.class::isInstance);
  }

  private static boolean overlap(SvgLayout.Box one, SvgLayout.Box other) {
    return one.x() < other.right()
        && other.x() < one.right()
        && one.y() < other.y() + SvgLayout.BOX_HEIGHT
        && other.y() < one.y() + SvgLayout.BOX_HEIGHT;
  }

  private static ReachMap map(int workloads) {
    List<String> tiers = List.of("web", "api", "data");
    List<Party> parties =
        IntStream.range(0, workloads)
            .mapToObj(i -> {
              String name = "a-workload-with-quite-a-long-name-" + i;
              Labels labels = Labels.of("tier", tiers.get(i % 3));
              Endpoint pod = new Endpoint("ns-" + i % 7, labels, List.of(), false, List.of());
              return new Party(
                  pod.namespace(), "Deployment", name, List.of(new Party.Member(name, pod, false)));
            })
            .toList();
    return ReachMap.of(new Scene(Cluster.EMPTY, parties, List.of(), List.of()));
  }
}
