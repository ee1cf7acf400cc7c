package io.portcullis.net;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The labels of an object: an immutable map from key to value, ordered by key.
 *
 * <p>Held as one array of keys and values, since a large cluster has many of these. Looking a key
 * up costs a walk over the few keys that objects carry.
 */
public final class Labels {
  public static final Labels EMPTY = new Labels(new String[0]);

  /** Key, value, key, value, ascending by key. */
  private final String[] pairs;

  private final int hash;

  private Labels(String[] pairs) {
    this.pairs = pairs;
    this.hash = Arrays.hashCode(pairs);
  }

  /** The labels of a map; later changes of the map are not seen. */
  public static Labels of(Map<String, String> map) {
    if (map.isEmpty()) {
      return EMPTY;
    }
    List<Map.Entry<String, String>> entries = new ArrayList<>(map.entrySet());
    entries.sort(Map.Entry.comparingByKey());
    String[] pairs = new String[entries.size() * 2];
    int at = 0;
    for (Map.Entry<String, String> entry : entries) {
      pairs[at++] = entry.getKey();
      pairs[at++] = entry.getValue();
    }
    return new Labels(pairs);
  }

  /** A single label. */
  public static Labels of(String key, String value) {
    return new Labels(new String[] {key, value});
  }

  /** The value under a key. */
  public Optional<String> get(String key) {
    int at = indexOf(key);
    return at < 0 ? Optional.empty() : Optional.of(pairs[at + 1]);
  }

  public boolean has(String key) {
    return indexOf(key) >= 0;
  }

  public boolean has(String key, String value) {
    int at = indexOf(key);
    return at >= 0 && pairs[at + 1].equals(value);
  }

  /** Whether each label of the other set is here too, with the same value. */
  public boolean containsAll(Labels other) {
    for (int i = 0; i < other.pairs.length; i += 2) {
      if (!has(other.pairs[i], other.pairs[i + 1])) {
        return false;
      }
    }
    return true;
  }

  /** These labels with one more, or with another value under a key that they have. */
  public Labels with(String key, String value) {
    if (has(key, value)) {
      return this;
    }
    Map<String, String> map = asMap();
    map.put(key, value);
    return of(map);
  }

  /** These labels without a key. */
  public Labels without(String key) {
    if (!has(key)) {
      return this;
    }
    Map<String, String> map = asMap();
    map.remove(key);
    return of(map);
  }

  public int size() {
    return pairs.length / 2;
  }

  public boolean isEmpty() {
    return pairs.length == 0;
  }

  /** The labels in the order of their keys, as a view. */
  public List<Label> pairs() {
    return new AbstractList<>() {
      @Override
      public Label get(int index) {
        return new Label(pairs[2 * index], pairs[2 * index + 1]);
      }

      @Override
      public int size() {
        return pairs.length / 2;
      }
    };
  }

  /** A fresh, changeable map of these labels in the order of their keys. */
  public Map<String, String> asMap() {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }

  private int indexOf(String key) {
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i].equals(key)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Labels labels
        && hash == labels.hash
        && Arrays.equals(pairs, labels.pairs);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** As kubectl writes them: {@code app=web,tier=frontend}. */
  @Override
  public String toString() {
    return pairs().stream().map(Label::toString).collect(Collectors.joining(","));
  }
}
