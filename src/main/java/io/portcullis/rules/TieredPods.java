package io.portcullis.rules;

import io.portcullis.finding.Evidence;
import io.portcullis.kube.Kind;
import io.portcullis.kube.Namespace;
import io.portcullis.net.PortSet;
import io.portcullis.net.Requirement;
import io.portcullis.net.Selector;
import io.portcullis.reach.Clause;
import io.portcullis.reach.Endpoint;
import io.portcullis.settings.Tiers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * In which tiers the pods are that a policy means. Pods speak for themselves; where none are there
 * yet, the selector that asks for a tier does, or the namespaces where all are in the same. What is
 * in no tier is left out.
 */
record TieredPods(Tiers tiers, Question question) {
  /**
   * The pods of one tier.
   *
   * @param ends those that are there; none where the tier is only known from selectors and
   *     namespaces
   */
  record Part(String tier, List<End> ends, List<Evidence> evidence) {
    Part {
      ends = List.copyOf(ends);
      evidence = List.copyOf(evidence);
    }

    /** The ports of these pods that a clause means. */
    PortSet portsOf(Clause clause) {
      return ends.isEmpty()
          ? clause.portsOn(Optional.empty())
          : ends.stream()
              .map(end -> clause.portsOn(Optional.<Endpoint>of(end.endpoint())))
              .reduce(PortSet.NONE, (all, each) -> all.union(each));
    }
  }

  /** The pods of the namespaces that a selector matches, whether these are there or not. */
  List<Part> of(Selector namespaces, Selector pods) {
    List<String> there = question.after().namespacesMatching(namespaces);
    return there.isEmpty() ? byName(asked(namespaces)) : in(there, pods);
  }

  /** The pods of these namespaces. */
  List<Part> in(Collection<String> namespaces, Selector pods) {
    Map<String, List<End>> found = new TreeMap<>();
    List<String> empty = new ArrayList<>();
    Collection<String> likely = LateLabels.namespaces(pods, question);
    for (String namespace : namespaces) {
      List<End> ends =
          likely.contains(namespace) ? End.selected(namespace, pods, question) : List.of();
      ends.forEach(end -> add(found, end));
      if (ends.isEmpty()) {
        empty.add(namespace);
      }
    }
    List<Part> parts = new ArrayList<>();
    found.forEach((tier, ends) -> parts.add(new Part(tier, ends, presence(ends))));
    Set<String> asked = asked(pods);
    parts.addAll(asked.isEmpty() ? toCome(empty, namespaces.size(), pods) : byName(asked));
    return parts.stream()
        .collect(Collectors.toMap(Part::tier, part -> part, (first, _) -> first, TreeMap::new))
        .values()
        .stream()
        .toList();
  }

  private void add(Map<String, List<End>> found, End end) {
    end.tier(tiers).ifPresent(tier -> found.computeIfAbsent(tier, _ -> new ArrayList<>()).add(end));
  }

  /**
   * Of pods that will come: they may be of any of the namespaces, unless all that come there are
   * meant.
   */
  private List<Part> toCome(List<String> empty, int namespaces, Selector pods) {
    if (pods.isEverything()) {
      return empty.stream().flatMap(namespace -> ofNamespace(namespace).stream()).toList();
    }
    Optional<Part> first =
        empty.size() == namespaces
            ? empty.stream().findFirst().flatMap(this::ofNamespace)
            : Optional.empty();
    return first
        .filter(part -> empty.stream().allMatch(namespace -> isIn(part.tier(), namespace)))
        .map(List::of)
        .orElse(List.of());
  }

  private boolean isIn(String tier, String namespace) {
    return LateLabels.in(namespace, question).tier(tiers.label()).filter(tier::equals).isPresent();
  }

  private Optional<Part> ofNamespace(String namespace) {
    return LateLabels.in(namespace, question)
        .tier(tiers.label())
        .map(tier -> new Part(tier, List.of(), List.of(inTier(namespace, tier))));
  }

  private Evidence inTier(String namespace, String tier) {
    return new Evidence.Present(
        Kind.NAMESPACE,
        "",
        namespace,
        live ->
            live instanceof Namespace found
                && tiers
                    .ofNamespace(namespace, found.meta().labels())
                    .filter(tier::equals)
                    .isPresent());
  }

  private static List<Part> byName(Set<String> names) {
    return names.stream().map(name -> new Part(name, List.of(), List.of())).toList();
  }

  /** The tiers that a selector asks for by name. */
  private Set<String> asked(Selector selector) {
    return selector.requirements().stream()
        .filter(requirement -> requirement.key().equals(tiers.label()))
        .flatMap(requirement ->
            requirement instanceof Requirement.In in ? in.values().stream() : Stream.empty())
        .filter(tiers::isDeclared)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<Evidence> presence(List<End> ends) {
    return List.of(ends.getFirst().presence(question.after()));
  }
}
