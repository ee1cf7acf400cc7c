package io.portcullis.reach;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Elements 0 to n-1 in classes that are split by one set of elements after the other, until the
 * elements of a class are in the same sets. A split costs the elements of the set. Source: Paige
 * and Tarjan, "Three partition refinement algorithms", 1987.
 */
final class Partition {
  private final int[] classOf;
  private final List<Integer> sizes = new ArrayList<>();

  /** All elements in one class. */
  Partition(int elements) {
    classOf = new int[elements];
    sizes.add(elements);
  }

  /** Tells the elements of a set, each named once, from the others. */
  void split(int[] set) {
    Map<Integer, Integer> inside = new HashMap<>();
    for (int element : set) {
      inside.merge(classOf[element], 1, Integer::sum);
    }
    Map<Integer, Integer> fresh = new HashMap<>();
    inside.forEach((whole, count) -> {
      if (count < sizes.get(whole)) {
        fresh.put(whole, sizes.size());
        sizes.set(whole, sizes.get(whole) - count);
        sizes.add(count);
      }
    });
    if (fresh.isEmpty()) {
      return;
    }
    for (int element : set) {
      classOf[element] = fresh.getOrDefault(classOf[element], classOf[element]);
    }
  }

  /** How many classes there are. */
  int size() {
    return sizes.size();
  }

  /** The class of an element, from 0. */
  int classOf(int element) {
    return classOf[element];
  }

  /** One element of each class; -1 for a class without any. */
  int[] representatives() {
    int[] one = new int[size()];
    Arrays.fill(one, -1);
    for (int element = classOf.length - 1; element >= 0; element--) {
      one[classOf[element]] = element;
    }
    return one;
  }

  /** The classes of elements, each once, ascending. */
  int[] classesOf(int[] elements) {
    return Arrays.stream(elements).map(element -> classOf[element]).sorted().distinct().toArray();
  }
}
