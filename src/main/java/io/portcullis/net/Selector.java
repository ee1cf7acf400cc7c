package io.portcullis.net;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A label selector: all its requirements must hold; without any it matches everything. Whether an
 * absent selector means everything or nothing is for the object that has it, so it is not here.
 *
 * <p>Requirements are ordered by key, so that two selectors that were written in another order are
 * equal.
 */
public record Selector(List<Requirement> requirements) {
  /** The empty selector. */
  public static final Selector EVERYTHING = new Selector(List.of());

  public Selector {
    requirements =
        requirements.size() < 2
            ? List.copyOf(requirements)
            : requirements.stream()
                .sorted(Comparator.comparing(Requirement::key).thenComparing(Requirement::toString))
                .distinct()
                .toList();
  }

  /** The selector that asks for each of these labels. */
  public static Selector of(Labels matchLabels) {
    return of(matchLabels, List.of());
  }

  /** The selector of {@code matchLabels} and {@code matchExpressions} together. */
  public static Selector of(Labels matchLabels, List<Requirement> matchExpressions) {
    List<Requirement> all = new ArrayList<>(matchExpressions);
    for (Label label : matchLabels.pairs()) {
      all.add(new Requirement.In(label.key(), List.of(label.value())));
    }
    return all.isEmpty() ? EVERYTHING : new Selector(all);
  }

  public boolean matches(Labels labels) {
    for (Requirement requirement : requirements) {
      if (!requirement.matches(labels)) {
        return false;
      }
    }
    return true;
  }

  public boolean isEverything() {
    return requirements.isEmpty();
  }

  /** Whether no label must be there: the empty one, and those by absence alone. */
  public boolean asksForNothing() {
    return requirements.stream()
        .allMatch(
            each -> each instanceof Requirement.NotIn || each instanceof Requirement.DoesNotExist);
  }

  /** The labels that whatever matches must carry: each key that is asked for with one value. */
  public Labels requiredPairs() {
    Map<String, String> pairs = new TreeMap<>();
    for (Requirement requirement : requirements) {
      if (requirement instanceof Requirement.In in && in.values().size() == 1) {
        pairs.put(in.key(), in.values().getFirst());
      }
    }
    return Labels.of(pairs);
  }

  /** As kubectl takes it with {@code -l}: {@code app=web,tier in (api,web)}. */
  @Override
  public String toString() {
    return requirements.stream().map(Requirement::toString).collect(Collectors.joining(","));
  }
}
