package io.portcullis.net;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Items by the range of addresses that each stands for, IPv4 and IPv6 alike. Immutable: a change
 * costs the logarithm of the ranges and shares the rest with the index it was made from. The same
 * range may stand for several items.
 *
 * <p>A treap ordered by the ranges' lower ends (Seidel and Aragon, "Randomized search trees", 1996)
 * whose branches know the highest end below them (Cormen et al., "Interval trees"). A branch's
 * priority is a hash of its range, so that equal contents have an equal shape, whatever the order
 * in which they came.
 */
public final class RangeIndex<T> {
  private static final Comparator<AddressRange> ORDER =
      Comparator.comparing(AddressRange::first).thenComparing(AddressRange::last);

  /** The items of one range, and the branches of the ranges before and after it. */
  private record Branch<T>(
      AddressRange range,
      List<T> items,
      int priority,
      Address highest,
      @Nullable Branch<T> before,
      @Nullable Branch<T> after) {}

  private final @Nullable Branch<T> root;

  private RangeIndex(@Nullable Branch<T> root) {
    this.root = root;
  }

  public static <T> RangeIndex<T> empty() {
    return new RangeIndex<>(null);
  }

  /** This with one item more. */
  public RangeIndex<T> plus(AddressRange range, T item) {
    return new RangeIndex<>(plus(root, range, item));
  }

  /** This without an item of that range; as it is where there is none. */
  public RangeIndex<T> minus(AddressRange range, T item) {
    return new RangeIndex<>(minus(root, range, item));
  }

  /** The items whose range shares an address with this one, in the order of their ranges. */
  public List<T> overlapping(AddressRange range) {
    List<T> found = new ArrayList<>();
    collect(root, range, found);
    return found;
  }

  private static <T> Branch<T> plus(@Nullable Branch<T> branch, AddressRange range, T item) {
    int priority = priority(range);
    // An equal range can't be below: its priority would be higher than this branch's.
    if (branch == null || priority > branch.priority()) {
      return branch(range, List.of(item), until(branch, range), from(branch, range));
    }
    int order = ORDER.compare(range, branch.range());
    if (order == 0) {
      List<T> more = new ArrayList<>(branch.items());
      more.add(item);
      return branch(range, more, branch.before(), branch.after());
    }
    return order < 0
        ? with(branch, plus(branch.before(), range, item), branch.after())
        : with(branch, branch.before(), plus(branch.after(), range, item));
  }

  private static <T> @Nullable Branch<T> minus(
      @Nullable Branch<T> branch, AddressRange range, T item) {
    if (branch == null) {
      return null;
    }
    int order = ORDER.compare(range, branch.range());
    if (order != 0) {
      return order < 0
          ? with(branch, minus(branch.before(), range, item), branch.after())
          : with(branch, branch.before(), minus(branch.after(), range, item));
    }
    List<T> fewer = new ArrayList<>(branch.items());
    fewer.remove(item);
    return fewer.isEmpty()
        ? joined(branch.before(), branch.after())
        : branch(range, fewer, branch.before(), branch.after());
  }

  /** What stands before a range. */
  private static <T> @Nullable Branch<T> until(@Nullable Branch<T> branch, AddressRange range) {
    if (branch == null) {
      return null;
    }
    return ORDER.compare(branch.range(), range) < 0
        ? with(branch, branch.before(), until(branch.after(), range))
        : until(branch.before(), range);
  }

  /** What stands after a range. */
  private static <T> @Nullable Branch<T> from(@Nullable Branch<T> branch, AddressRange range) {
    if (branch == null) {
      return null;
    }
    return ORDER.compare(branch.range(), range) > 0
        ? with(branch, from(branch.before(), range), branch.after())
        : from(branch.after(), range);
  }

  /** Both, of which the first stands before the second. */
  private static <T> @Nullable Branch<T> joined(
      @Nullable Branch<T> first, @Nullable Branch<T> second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return first.priority() > second.priority()
        ? with(first, first.before(), joined(first.after(), second))
        : with(second, joined(first, second.before()), second.after());
  }

  private static <T> void collect(@Nullable Branch<T> branch, AddressRange range, List<T> found) {
    if (branch == null || branch.highest().compareTo(range.first()) < 0) {
      return;
    }
    collect(branch.before(), range, found);
    if (branch.range().overlaps(range)) {
      found.addAll(branch.items());
    }
    if (branch.range().first().compareTo(range.last()) <= 0) {
      collect(branch.after(), range, found);
    }
  }

  private static <T> Branch<T> with(
      Branch<T> branch, @Nullable Branch<T> before, @Nullable Branch<T> after) {
    return branch(branch.range(), branch.items(), before, after);
  }

  private static <T> Branch<T> branch(
      AddressRange range, List<T> items, @Nullable Branch<T> before, @Nullable Branch<T> after) {
    Address highest = higher(range.last(), before, after);
    return new Branch<>(range, items, priority(range), highest, before, after);
  }

  private static <T> Address higher(
      Address last, @Nullable Branch<T> before, @Nullable Branch<T> after) {
    Address highest = last;
    if (before != null && before.highest().compareTo(highest) > 0) {
      highest = before.highest();
    }
    return after != null && after.highest().compareTo(highest) > 0 ? after.highest() : highest;
  }

  /** Well spread, though neighbouring ranges have neighbouring hashes: the mixer of MurmurHash3. */
  private static int priority(AddressRange range) {
    int hash = Objects.hash(range.first().bits(), range.last().bits());
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return hash ^ (hash >>> 16);
  }
}
