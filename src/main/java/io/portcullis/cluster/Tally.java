package io.portcullis.cluster;

import java.util.Collection;
import kotlinx.collections.immutable.ExtensionsKt;
import kotlinx.collections.immutable.PersistentMap;

/** How often each key was added and not taken away again. Immutable; holds nothing but counts. */
final class Tally<K> {
  private final PersistentMap<K, Integer> counts;

  private Tally(PersistentMap<K, Integer> counts) {
    this.counts = counts;
  }

  static <K> Tally<K> empty() {
    return new Tally<>(ExtensionsKt.persistentHashMapOf());
  }

  boolean has(K key) {
    return counts.containsKey(key);
  }

  Tally<K> plus(Collection<K> keys) {
    PersistentMap<K, Integer> next = counts;
    for (K key : keys) {
      next = next.put(key, next.getOrDefault(key, 0) + 1);
    }
    return new Tally<>(next);
  }

  Tally<K> minus(Collection<K> keys) {
    PersistentMap<K, Integer> next = counts;
    for (K key : keys) {
      int left = next.getOrDefault(key, 0) - 1;
      next = left > 0 ? next.put(key, left) : next.remove(key);
    }
    return new Tally<>(next);
  }
}
