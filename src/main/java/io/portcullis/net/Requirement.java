package io.portcullis.net;

import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * One condition of a label selector. Source: meta/v1 LabelSelectorRequirement; {@code NotIn} and
 * {@code DoesNotExist} match labels without the key.
 */
public sealed interface Requirement {
  /** The key that is asked for. */
  String key();

  boolean matches(Labels labels);

  /** The key is there with one of the values. */
  record In(String key, NavigableSet<String> values) implements Requirement {
    public In {
      values = copy(key, values);
    }

    @Override
    public boolean matches(Labels labels) {
      return labels.get(key).filter(values::contains).isPresent();
    }

    @Override
    public String toString() {
      return values.size() == 1
          ? key + "=" + values.first()
          : key + " in (" + String.join(",", values) + ")";
    }
  }

  /** The key is absent, or there with none of the values. */
  record NotIn(String key, NavigableSet<String> values) implements Requirement {
    public NotIn {
      values = copy(key, values);
    }

    @Override
    public boolean matches(Labels labels) {
      return labels.get(key).filter(values::contains).isEmpty();
    }

    @Override
    public String toString() {
      return key + " notin (" + String.join(",", values) + ")";
    }
  }

  /** The key is there, whatever its value. */
  record Exists(String key) implements Requirement {
    @Override
    public boolean matches(Labels labels) {
      return labels.has(key);
    }

    @Override
    public String toString() {
      return key;
    }
  }

  /** The key is absent. */
  record DoesNotExist(String key) implements Requirement {
    @Override
    public boolean matches(Labels labels) {
      return !labels.has(key);
    }

    @Override
    public String toString() {
      return "!" + key;
    }
  }

  private static NavigableSet<String> copy(String key, NavigableSet<String> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(
          "the selector on \"%s\" names no values: give at least one".formatted(key));
    }
    NavigableSet<String> own = new TreeSet<>();
    own.addAll(values);
    return Collections.unmodifiableNavigableSet(own);
  }
}
