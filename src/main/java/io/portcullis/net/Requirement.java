package io.portcullis.net;

import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * One condition of a label selector. Source: meta/v1 LabelSelectorRequirement; {@code NotIn} and
 * {@code DoesNotExist} match labels without the key.
 */
public sealed interface Requirement {
  /** The key that is asked for. */
  String key();

  boolean matches(Labels labels);

  /**
   * The key is there with one of the values.
   *
   * @param values at least one, ascending, each once
   */
  record In(String key, List<String> values) implements Requirement {
    public In {
      values = ascending(key, values);
    }

    @Override
    public boolean matches(Labels labels) {
      return labels.get(key).filter(value -> has(values, value)).isPresent();
    }

    @Override
    public String toString() {
      return values.size() == 1
          ? key + "=" + values.getFirst()
          : key + " in (" + String.join(",", values) + ")";
    }
  }

  /**
   * The key is absent, or there with none of the values.
   *
   * @param values at least one, ascending, each once
   */
  record NotIn(String key, List<String> values) implements Requirement {
    public NotIn {
      values = ascending(key, values);
    }

    @Override
    public boolean matches(Labels labels) {
      return labels.get(key).filter(value -> has(values, value)).isEmpty();
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

  private static List<String> ascending(String key, List<String> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(
          "the selector on \"%s\" names no values: give at least one".formatted(key));
    }
    return values.size() == 1 ? List.copyOf(values) : List.copyOf(new TreeSet<>(values));
  }

  private static boolean has(List<String> ascending, String value) {
    return Collections.binarySearch(ascending, value) >= 0;
  }
}
