package io.portcullis.reach;

import io.portcullis.net.Address;
import io.portcullis.net.AddressRange;
import io.portcullis.net.Label;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * All that a policy may mean, by number: first the pods that are not equal, then the cells of the
 * address space. Answers whom a matcher means without asking each.
 */
final class Elements {
  private final List<Endpoint> pods;
  private final AddressSpace space;
  private final Function<String, Labels> namespaceLabels;
  private final Map<Endpoint, Integer> numbers = new LinkedHashMap<>();
  private final Map<String, List<Integer>> byNamespace = new HashMap<>();
  private final Map<Label, List<Integer>> byLabel = new HashMap<>();
  private final Map<Integer, List<Integer>> byCell = new HashMap<>();
  private final Map<PeerMatcher, int[]> meant = new HashMap<>();

  Elements(
      Collection<Endpoint> pods, AddressSpace space, Function<String, Labels> namespaceLabels) {
    this.space = space;
    this.namespaceLabels = namespaceLabels;
    for (Endpoint pod : pods) {
      numbers.putIfAbsent(inCells(pod), numbers.size());
    }
    this.pods = List.copyOf(numbers.keySet());
    for (int i = 0; i < this.pods.size(); i++) {
      index(this.pods.get(i), i);
    }
  }

  int size() {
    return pods.size() + space.cells().size();
  }

  /** The pods that are not equal, in the order of their numbers. */
  List<Endpoint> pods() {
    return pods;
  }

  /** The number of the pods like this one, which is one of those given. */
  int numberOf(Endpoint pod) {
    Integer number = numbers.get(inCells(pod));
    if (number == null) {
      throw new IllegalArgumentException("%s is not among the pods".formatted(pod));
    }
    return number;
  }

  /** The number of a cell. */
  int numberOfCell(int cell) {
    return pods.size() + cell;
  }

  Peer peer(int number) {
    return number < pods.size()
        ? pods.get(number)
        : new Outside(space.cells().get(number - pods.size()));
  }

  /** The numbers of those that a matcher means, each once. */
  int[] meant(PeerMatcher matcher) {
    return meant.computeIfAbsent(matcher, this::find);
  }

  private int[] find(PeerMatcher matcher) {
    return switch (matcher) {
      case PeerMatcher.Everybody _ -> IntStream.range(0, size()).toArray();
      case PeerMatcher.Nobody _ -> new int[0];
      case PeerMatcher.PodsHere here ->
          matching(byNamespace.getOrDefault(here.namespace(), List.of()), matcher);
      case PeerMatcher.PodsOf of -> matching(candidates(of), matcher);
      case PeerMatcher.Addresses addresses -> addresses(addresses);
    };
  }

  private int[] matching(Collection<Integer> candidates, PeerMatcher matcher) {
    return candidates.stream()
        .mapToInt(Integer::intValue)
        .filter(i -> matcher.matches(pods.get(i), namespaceLabels))
        .toArray();
  }

  /** Those with the rarest label that is asked for, or those of the namespaces. */
  private Collection<Integer> candidates(PeerMatcher.PodsOf matcher) {
    return matcher.podSelector().requiredPairs().pairs().stream()
        .map(pair -> byLabel.getOrDefault(pair, List.of()))
        .min(Comparator.comparingInt(List::size))
        .orElseGet(() -> inNamespaces(matcher.namespaceSelector()));
  }

  private List<Integer> inNamespaces(Selector selector) {
    List<Integer> found = new ArrayList<>();
    byNamespace.forEach((namespace, members) -> {
      if (selector.matches(namespaceLabels.apply(namespace))) {
        found.addAll(members);
      }
    });
    return found;
  }

  private int[] addresses(PeerMatcher.Addresses matcher) {
    BitSet found = new BitSet(size());
    matcher.ranges().forEach(range -> cells(range).forEach(found::set));
    matcher.except().forEach(range -> cells(range).forEach(found::clear));
    BitSet all = (BitSet) found.clone();
    found.stream()
        .forEach(cell -> byCell.getOrDefault(cell - pods.size(), List.of()).forEach(all::set));
    return all.stream().toArray();
  }

  /** The numbers of the cells of a range. */
  private IntStream cells(AddressRange range) {
    return space.cellsOf(range).stream().mapToInt(this::numberOfCell);
  }

  private void index(Endpoint pod, int number) {
    for (Address address : pod.addresses()) {
      byCell.computeIfAbsent(space.cellOf(address), _ -> new ArrayList<>()).add(number);
    }
    if (!pod.hostNetwork()) {
      byNamespace.computeIfAbsent(pod.namespace(), _ -> new ArrayList<>()).add(number);
      for (Label label : pod.labels().pairs()) {
        byLabel.computeIfAbsent(label, _ -> new ArrayList<>()).add(number);
      }
    }
  }

  /** The pod with the first address of each cell that it has one in: no block tells them apart. */
  private Endpoint inCells(Endpoint pod) {
    if (pod.addresses().isEmpty()) {
      return pod;
    }
    List<Address> firsts =
        pod.addresses().stream()
            .map(space::cellOf)
            .filter(cell -> cell >= 0)
            .map(space.cells()::get)
            .map(AddressRange::first)
            .toList();
    return new Endpoint(pod.namespace(), pod.labels(), pod.namedPorts(), pod.hostNetwork(), firsts);
  }
}
