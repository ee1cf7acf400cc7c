package io.portcullis.cluster;

import java.util.Collection;
import java.util.Set;
import kotlinx.collections.immutable.ExtensionsKt;
import kotlinx.collections.immutable.PersistentMap;
import kotlinx.collections.immutable.PersistentSet;

/**
 * Items by what they name, where one may name several things. Immutable; a change costs the item's
 * keys times the logarithm of the index. It does not remember the keys of an item: who takes an
 * item out says which it was put in with.
 */
final class KeyIndex<K, T> {
  private final PersistentMap<K, PersistentSet<T>> byKey;

  private KeyIndex(PersistentMap<K, PersistentSet<T>> byKey) {
    this.byKey = byKey;
  }

  static <K, T> KeyIndex<K, T> empty() {
    return new KeyIndex<>(ExtensionsKt.persistentHashMapOf());
  }

  KeyIndex<K, T> plus(T item, Collection<K> keys) {
    PersistentMap<K, PersistentSet<T>> next = byKey;
    for (K key : keys) {
      next = next.put(key, next.getOrDefault(key, ExtensionsKt.persistentHashSetOf()).add(item));
    }
    return new KeyIndex<>(next);
  }

  KeyIndex<K, T> minus(T item, Collection<K> keys) {
    PersistentMap<K, PersistentSet<T>> next = byKey;
    for (K key : keys) {
      PersistentSet<T> rest =
          next.getOrDefault(key, ExtensionsKt.persistentHashSetOf()).remove(item);
      next = rest.isEmpty() ? next.remove(key) : next.put(key, rest);
    }
    return new KeyIndex<>(next);
  }

  /** The items that name the key, in no order. */
  Set<T> naming(K key) {
    return byKey.getOrDefault(key, ExtensionsKt.persistentHashSetOf());
  }

  /** Every key that some item names. */
  Set<K> keys() {
    return byKey.keySet();
  }
}
