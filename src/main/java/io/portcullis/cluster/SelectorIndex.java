package io.portcullis.cluster;

import io.portcullis.net.Label;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.ArrayList;
import java.util.List;
import kotlinx.collections.immutable.ExtensionsKt;
import kotlinx.collections.immutable.PersistentMap;
import kotlinx.collections.immutable.PersistentSet;

/**
 * Selectors by one pair that they require, to answer which of them match given labels. A selector
 * that requires no pair is always a candidate.
 */
final class SelectorIndex<T> {
  private final PersistentMap<Label, PersistentSet<T>> byPair;
  private final PersistentSet<T> withoutPair;
  private final PersistentMap<T, Selector> items;

  private SelectorIndex(
      PersistentMap<Label, PersistentSet<T>> byPair,
      PersistentSet<T> withoutPair,
      PersistentMap<T, Selector> items) {
    this.byPair = byPair;
    this.withoutPair = withoutPair;
    this.items = items;
  }

  static <T> SelectorIndex<T> empty() {
    return new SelectorIndex<>(
        ExtensionsKt.persistentHashMapOf(),
        ExtensionsKt.persistentHashSetOf(),
        ExtensionsKt.persistentHashMapOf());
  }

  SelectorIndex<T> plus(T item, Selector selector) {
    SelectorIndex<T> base = minus(item);
    List<Label> required = selector.requiredPairs().pairs();
    PersistentMap<T, Selector> all = base.items.put(item, selector);
    if (required.isEmpty()) {
      return new SelectorIndex<>(base.byPair, base.withoutPair.add(item), all);
    }
    Label pair = required.getFirst();
    PersistentSet<T> those =
        base.byPair.getOrDefault(pair, ExtensionsKt.persistentHashSetOf()).add(item);
    return new SelectorIndex<>(base.byPair.put(pair, those), base.withoutPair, all);
  }

  SelectorIndex<T> minus(T item) {
    Selector selector = items.get(item);
    if (selector == null) {
      return this;
    }
    List<Label> required = selector.requiredPairs().pairs();
    PersistentMap<T, Selector> rest = items.remove(item);
    if (required.isEmpty()) {
      return new SelectorIndex<>(byPair, withoutPair.remove(item), rest);
    }
    Label pair = required.getFirst();
    PersistentSet<T> those =
        byPair.getOrDefault(pair, ExtensionsKt.persistentHashSetOf()).remove(item);
    return new SelectorIndex<>(
        those.isEmpty() ? byPair.remove(pair) : byPair.put(pair, those), withoutPair, rest);
  }

  /** The items whose selector matches these labels. */
  List<T> selecting(Labels labels) {
    List<T> found = new ArrayList<>();
    collect(withoutPair, labels, found);
    for (Label pair : labels.pairs()) {
      PersistentSet<T> candidates = byPair.get(pair);
      if (candidates != null) {
        collect(candidates, labels, found);
      }
    }
    return found;
  }

  private void collect(PersistentSet<T> candidates, Labels labels, List<T> found) {
    for (T item : candidates) {
      Selector selector = items.get(item);
      if (selector != null && selector.matches(labels)) {
        found.add(item);
      }
    }
  }
}
