package io.portcullis.cluster;

import java.util.Collection;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/** How often each key was added and not taken away again. Immutable; holds nothing but counts. */
final class Tally<K> {
  private final PMap<K, Integer> counts;

  private Tally(PMap<K, Integer> counts) {
    this.counts = counts;
  }

  static <K> Tally<K> empty() {
    return new Tally<>(HashTreePMap.empty());
  }

  boolean has(K key) {
    return counts.containsKey(key);
  }

  Tally<K> plus(Collection<K> keys) {
    PMap<K, Integer> next = counts;
    for (K key : keys) {
      next = next.plus(key, next.getOrDefault(key, 0) + 1);
    }
    return new Tally<>(next);
  }

  Tally<K> minus(Collection<K> keys) {
    PMap<K, Integer> next = counts;
    for (K key : keys) {
      int left = next.getOrDefault(key, 0) - 1;
      next = left > 0 ? next.plus(key, left) : next.minus(key);
    }
    return new Tally<>(next);
  }
}
