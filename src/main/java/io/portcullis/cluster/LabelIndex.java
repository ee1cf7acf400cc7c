package io.portcullis.cluster;

import io.portcullis.net.Label;
import io.portcullis.net.Labels;
import io.portcullis.net.Requirement;
import io.portcullis.net.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kotlinx.collections.immutable.ExtensionsKt;
import kotlinx.collections.immutable.PersistentMap;
import kotlinx.collections.immutable.PersistentSet;

/**
 * Items by the labels that they carry: key, value, items. Immutable; a change costs the item's
 * labels times the logarithm of the index. Modelled on Calico felix's labelnamevalueindex: it
 * answers with candidates from the rarest required pair, which the caller still has to match.
 */
final class LabelIndex<T> {
  private final PersistentMap<String, PersistentMap<String, PersistentSet<T>>> byKey;
  private final PersistentMap<T, Labels> items;

  private LabelIndex(
      PersistentMap<String, PersistentMap<String, PersistentSet<T>>> byKey,
      PersistentMap<T, Labels> items) {
    this.byKey = byKey;
    this.items = items;
  }

  static <T> LabelIndex<T> empty() {
    return new LabelIndex<>(ExtensionsKt.persistentHashMapOf(), ExtensionsKt.persistentHashMapOf());
  }

  LabelIndex<T> plus(T item, Labels labels) {
    LabelIndex<T> base = minus(item);
    PersistentMap<String, PersistentMap<String, PersistentSet<T>>> keys = base.byKey;
    for (Label label : labels.pairs()) {
      PersistentMap<String, PersistentSet<T>> values =
          keys.getOrDefault(label.key(), ExtensionsKt.persistentHashMapOf());
      PersistentSet<T> carriers =
          values.getOrDefault(label.value(), ExtensionsKt.persistentHashSetOf());
      keys = keys.put(label.key(), values.put(label.value(), carriers.add(item)));
    }
    return new LabelIndex<>(keys, base.items.put(item, labels));
  }

  LabelIndex<T> minus(T item) {
    Labels labels = items.get(item);
    if (labels == null) {
      return this;
    }
    PersistentMap<String, PersistentMap<String, PersistentSet<T>>> keys = byKey;
    for (Label label : labels.pairs()) {
      PersistentMap<String, PersistentSet<T>> values =
          keys.getOrDefault(label.key(), ExtensionsKt.persistentHashMapOf());
      PersistentSet<T> carriers =
          values.getOrDefault(label.value(), ExtensionsKt.persistentHashSetOf()).remove(item);
      PersistentMap<String, PersistentSet<T>> left =
          carriers.isEmpty() ? values.remove(label.value()) : values.put(label.value(), carriers);
      keys = left.isEmpty() ? keys.remove(label.key()) : keys.put(label.key(), left);
    }
    return new LabelIndex<>(keys, items.remove(item));
  }

  /** The labels of an item; empty where it is not here. */
  Optional<Labels> labels(T item) {
    return Optional.ofNullable(items.get(item));
  }

  /** The items whose labels match. Costs the rarest value that the selector asks for. */
  List<T> matching(Selector selector) {
    List<T> found = new ArrayList<>();
    for (T item : candidates(selector)) {
      Labels labels = items.get(item);
      if (labels != null && selector.matches(labels)) {
        found.add(item);
      }
    }
    return found;
  }

  /** Whether any item matches; stops at the first. */
  boolean anyMatches(Selector selector) {
    for (T item : candidates(selector)) {
      Labels labels = items.get(item);
      if (labels != null && selector.matches(labels)) {
        return true;
      }
    }
    return false;
  }

  /** The values that items carry under a key, each with its items. */
  Map<String, PersistentSet<T>> values(String key) {
    return byKey.getOrDefault(key, ExtensionsKt.persistentHashMapOf());
  }

  /** Every key that some item carries. */
  Collection<String> keys() {
    return byKey.keySet();
  }

  private Collection<T> candidates(Selector selector) {
    Collection<T> best = items.keySet();
    for (Requirement requirement : selector.requirements()) {
      if (requirement instanceof Requirement.In in) {
        Collection<T> these = carriers(in);
        if (these.size() < best.size()) {
          best = these;
        }
      }
    }
    return best;
  }

  private Collection<T> carriers(Requirement.In in) {
    Map<String, PersistentSet<T>> values = values(in.key());
    if (in.values().size() == 1) {
      return values.getOrDefault(in.values().getFirst(), ExtensionsKt.persistentHashSetOf());
    }
    List<T> all = new ArrayList<>();
    for (String value : in.values()) {
      all.addAll(values.getOrDefault(value, ExtensionsKt.persistentHashSetOf()));
    }
    return all;
  }
}
