package io.portcullis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Labels of which each pod has a value of its own, as Jobs and operators give them. */
class ManyLabelsTest {
  private static final int PASSING = 1_000_000;
  private static final int STAYING = 50_000;

  private static PodGroup pod(int i) {
    return new PodGroup(
        "shop",
        Labels.of("app", "batch").with("job-name", "batch-" + i),
        List.of(),
        false,
        false,
        true,
        false,
        Optional.empty());
  }

  private static Cluster moved(
      Cluster cluster, Optional<PodGroup> before, Optional<PodGroup> after) {
    return cluster.apply(new Delta.MovePod(before, after));
  }

  @Test
  void ofAMillionValuesThatPassNothingIsKept() {
    Cluster cluster = moved(Cluster.EMPTY, Optional.empty(), Optional.of(pod(0)));
    for (int i = 1; i < PASSING; i++) {
      cluster = moved(cluster, Optional.of(pod(i - 1)), Optional.of(pod(i)));
    }
    assertThat(cluster.in("shop").values("job-name")).containsExactly("batch-" + (PASSING - 1));
    assertThat(cluster.in("shop").podGroups()).containsExactly(pod(PASSING - 1));

    Cluster empty = moved(cluster, Optional.of(pod(PASSING - 1)), Optional.empty());
    assertThat(empty.namespaces()).isEmpty();
  }

  @Test
  void eachOfManyValuesIsFound() {
    Cluster cluster = Cluster.EMPTY;
    for (int i = 0; i < STAYING; i++) {
      cluster = moved(cluster, Optional.empty(), Optional.of(pod(i)));
    }
    Contents shop = cluster.in("shop");
    assertThat(shop.podsMatching(Selector.of(Labels.of("job-name", "batch-77"))))
        .containsExactly(pod(77));
    assertThat(shop.podsMatching(Selector.of(Labels.of("app", "batch")))).hasSize(STAYING);
    assertThat(shop.anyPodMatches(Selector.of(Labels.of("job-name", "batch-" + STAYING))))
        .isFalse();
  }
}
