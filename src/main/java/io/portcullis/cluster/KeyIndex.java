package io.portcullis.cluster;

import java.util.Collection;
import java.util.Set;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/**
 * Items by what they name, where one may name several things. Immutable; a change costs the item's
 * keys times the logarithm of the index. It does not remember the keys of an item: who takes an
 * item out says which it was put in with.
 */
final class KeyIndex<K, T> {
  private final PMap<K, PSet<T>> byKey;

  private KeyIndex(PMap<K, PSet<T>> byKey) {
    this.byKey = byKey;
  }

  static <K, T> KeyIndex<K, T> empty() {
    return new KeyIndex<>(HashTreePMap.empty());
  }

  KeyIndex<K, T> plus(T item, Collection<K> keys) {
    PMap<K, PSet<T>> next = byKey;
    for (K key : keys) {
      next = next.plus(key, next.getOrDefault(key, HashTreePSet.empty()).plus(item));
    }
    return new KeyIndex<>(next);
  }

  KeyIndex<K, T> minus(T item, Collection<K> keys) {
    PMap<K, PSet<T>> next = byKey;
    for (K key : keys) {
      PSet<T> rest = next.getOrDefault(key, HashTreePSet.empty()).minus(item);
      next = rest.isEmpty() ? next.minus(key) : next.plus(key, rest);
    }
    return new KeyIndex<>(next);
  }

  /** The items that name the key, in no order. */
  Set<T> naming(K key) {
    return byKey.getOrDefault(key, HashTreePSet.empty());
  }

  /** Every key that some item names. */
  Set<K> keys() {
    return byKey.keySet();
  }
}
