package io.portcullis.cluster;

import io.portcullis.net.Label;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.ArrayList;
import java.util.List;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/**
 * Selectors by one pair that they require, to answer which of them match given labels. A selector
 * that requires no pair is always a candidate.
 */
final class SelectorIndex<T> {
  private final PMap<Label, PSet<T>> byPair;
  private final PSet<T> withoutPair;
  private final PMap<T, Selector> items;

  private SelectorIndex(PMap<Label, PSet<T>> byPair, PSet<T> withoutPair, PMap<T, Selector> items) {
    this.byPair = byPair;
    this.withoutPair = withoutPair;
    this.items = items;
  }

  static <T> SelectorIndex<T> empty() {
    return new SelectorIndex<>(HashTreePMap.empty(), HashTreePSet.empty(), HashTreePMap.empty());
  }

  SelectorIndex<T> plus(T item, Selector selector) {
    SelectorIndex<T> base = minus(item);
    List<Label> required = selector.requiredPairs().pairs();
    PMap<T, Selector> all = base.items.plus(item, selector);
    if (required.isEmpty()) {
      return new SelectorIndex<>(base.byPair, base.withoutPair.plus(item), all);
    }
    Label pair = required.getFirst();
    PSet<T> those = base.byPair.getOrDefault(pair, HashTreePSet.empty()).plus(item);
    return new SelectorIndex<>(base.byPair.plus(pair, those), base.withoutPair, all);
  }

  SelectorIndex<T> minus(T item) {
    Selector selector = items.get(item);
    if (selector == null) {
      return this;
    }
    List<Label> required = selector.requiredPairs().pairs();
    PMap<T, Selector> rest = items.minus(item);
    if (required.isEmpty()) {
      return new SelectorIndex<>(byPair, withoutPair.minus(item), rest);
    }
    Label pair = required.getFirst();
    PSet<T> those = byPair.getOrDefault(pair, HashTreePSet.empty()).minus(item);
    return new SelectorIndex<>(
        those.isEmpty() ? byPair.minus(pair) : byPair.plus(pair, those), withoutPair, rest);
  }

  /** The items whose selector matches these labels. */
  List<T> selecting(Labels labels) {
    List<T> found = new ArrayList<>();
    collect(withoutPair, labels, found);
    for (Label pair : labels.pairs()) {
      PSet<T> candidates = byPair.get(pair);
      if (candidates != null) {
        collect(candidates, labels, found);
      }
    }
    return found;
  }

  private void collect(PSet<T> candidates, Labels labels, List<T> found) {
    for (T item : candidates) {
      Selector selector = items.get(item);
      if (selector != null && selector.matches(labels)) {
        found.add(item);
      }
    }
  }
}
