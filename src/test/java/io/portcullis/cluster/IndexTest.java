package io.portcullis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import io.portcullis.proof.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Both indexes against a walk over everything. */
class IndexTest {
  private static final int ITEMS = 12;

  @Test
  void labelsAreFoundAsByWalking() {
    Property.forAll(200, random -> entries(random), IndexTest::labelsAnswerLikeAWalk);
  }

  @Test
  void selectorsAreFoundAsByWalking() {
    Property.forAll(200, random -> entries(random), IndexTest::selectorsAnswerLikeAWalk);
  }

  @Test
  void anEmptyIndexHasNoKeys() {
    LabelIndex<String> index =
        LabelIndex.<String>empty().plus("a", Labels.of("app", "web")).minus("a");

    assertThat(index.keys()).isEmpty();
    assertThat(index.matching(Selector.EVERYTHING)).isEmpty();
  }

  @Test
  void anItemHasOnlyItsLastLabels() {
    LabelIndex<String> index =
        LabelIndex.<String>empty()
            .plus("a", Labels.of("app", "web"))
            .plus("a", Labels.of("app", "api"));

    assertThat(index.values("app").keySet()).containsExactly("api");
    assertThat(index.matching(Selector.of(Labels.of("app", "web")))).isEmpty();
  }

  @Test
  void aSelectorWithoutPairsIsAskedToo() {
    SelectorIndex<String> index = SelectorIndex.<String>empty().plus("all", Selector.EVERYTHING);

    assertThat(index.selecting(Labels.EMPTY)).containsExactly("all");
    assertThat(index.minus("all").selecting(Labels.EMPTY)).isEmpty();
  }

  @Test
  void anItemIsFoundByEachOfItsKeysUntilItGoes() {
    KeyIndex<String, String> both =
        KeyIndex.<String, String>empty().plus("a", Set.of("x", "y")).plus("b", Set.of("y"));

    assertThat(both.naming("y")).containsExactlyInAnyOrder("a", "b");
    assertThat(both.naming("nobody")).isEmpty();
    assertThat(both.minus("a", Set.of("x", "y")).keys()).containsExactly("y");
  }

  /** What an item gets, or that it goes. */
  private record Entry(boolean plus, int item, Labels labels, Selector selector) {}

  private static List<Entry> entries(Random random) {
    Some some = new Some(random);
    List<Entry> entries = new ArrayList<>();
    for (int i = random.nextInt(40); i >= 0; i--) {
      entries.add(
          new Entry(random.nextInt(4) > 0, random.nextInt(ITEMS), some.labels(), some.selector()));
    }
    return entries;
  }

  private static void labelsAnswerLikeAWalk(List<Entry> entries) {
    LabelIndex<Integer> index = LabelIndex.empty();
    Map<Integer, Labels> all = new HashMap<>();
    for (Entry entry : entries) {
      index = entry.plus() ? index.plus(entry.item(), entry.labels()) : index.minus(entry.item());
      change(all, entry, entry.labels());
    }
    Some some = new Some(new Random(entries.size()));
    for (int i = 0; i < 20; i++) {
      Selector selector = some.selector();
      assertThat(new TreeSet<>(index.matching(selector)))
          .as("%s", selector)
          .isEqualTo(keysWhere(all, selector::matches));
      assertThat(index.anyMatches(selector))
          .isEqualTo(!keysWhere(all, selector::matches).isEmpty());
    }
    assertThat(new TreeSet<>(index.keys())).isEqualTo(keysOf(all));
  }

  private static void selectorsAnswerLikeAWalk(List<Entry> entries) {
    SelectorIndex<Integer> index = SelectorIndex.empty();
    Map<Integer, Selector> all = new HashMap<>();
    for (Entry entry : entries) {
      index = entry.plus() ? index.plus(entry.item(), entry.selector()) : index.minus(entry.item());
      change(all, entry, entry.selector());
    }
    Some some = new Some(new Random(entries.size()));
    for (int i = 0; i < 20; i++) {
      Labels labels = some.labels();
      assertThat(index.selecting(labels))
          .as("%s", labels)
          .containsExactlyInAnyOrderElementsOf(
              keysWhere(all, selector -> selector.matches(labels)));
    }
  }

  private static <V> void change(Map<Integer, V> all, Entry entry, V value) {
    if (entry.plus()) {
      all.put(entry.item(), value);
    } else {
      all.remove(entry.item());
    }
  }

  private static <V> Set<Integer> keysWhere(Map<Integer, V> all, Predicate<V> wanted) {
    TreeSet<Integer> keys = new TreeSet<>();
    all.forEach((key, value) -> {
      if (wanted.test(value)) {
        keys.add(key);
      }
    });
    return keys;
  }

  private static Set<String> keysOf(Map<Integer, Labels> all) {
    TreeSet<String> keys = new TreeSet<>();
    all.values().forEach(labels -> labels.pairs().forEach(pair -> keys.add(pair.key())));
    return keys;
  }
}
