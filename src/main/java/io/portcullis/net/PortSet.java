package io.portcullis.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

/**
 * A set of ports of each protocol, as runs that neither touch nor overlap. Two sets with the same
 * ports are equal, however they were made.
 */
public final class PortSet {
  private static final int LOWEST = 1;
  private static final int HIGHEST = 65_535;

  private static final int[] NO_TURNS = {};

  /** No port of any protocol. */
  public static final PortSet NONE = new PortSet(new int[][] {NO_TURNS, NO_TURNS, NO_TURNS});

  /** Every port of every protocol. */
  public static final PortSet ALL = NONE.complement();

  /** Which ports of two sets stay. */
  private interface Rule {
    boolean keeps(boolean inFirst, boolean inSecond);
  }

  /**
   * For each protocol the ports at which membership changes, ascending: in from an even place on,
   * out from an odd one. The end of a run is one past its last port.
   */
  private final int[][] turns;

  private final boolean empty;
  private final int hash;

  private PortSet(int[][] turns) {
    this.turns = turns;
    this.empty = turns[0].length + turns[1].length + turns[2].length == 0;
    this.hash = Arrays.deepHashCode(turns);
  }

  /** A run of ports of one protocol. */
  public static PortSet of(Protocol protocol, PortRange range) {
    int[][] turns = NONE.turns.clone();
    turns[place(protocol)] = new int[] {range.first(), range.last() + 1};
    return new PortSet(turns);
  }

  /** One port. */
  public static PortSet of(Protocol protocol, int port) {
    return of(protocol, PortRange.of(port));
  }

  /** One port; none where the number is that of no port. */
  public static PortSet ofAny(Protocol protocol, int number) {
    return number < 1 || number > HIGHEST ? NONE : of(protocol, number);
  }

  /** Every port of one protocol. */
  public static PortSet all(Protocol protocol) {
    return of(protocol, PortRange.ALL);
  }

  /** The ports of either. */
  public PortSet union(PortSet other) {
    if (isEmpty() || other.isAll()) {
      return other;
    }
    return other.isEmpty() || isAll() ? this : with(other, (first, second) -> first || second);
  }

  /** The ports of both. */
  public PortSet intersection(PortSet other) {
    if (isEmpty() || other.isAll()) {
      return this;
    }
    return other.isEmpty() || isAll() ? other : with(other, (first, second) -> first && second);
  }

  /** The ports of this that the other lacks. */
  public PortSet minus(PortSet other) {
    return isEmpty() || other.isEmpty() ? this : with(other, (first, second) -> first && !second);
  }

  /** Every port that this lacks. */
  public PortSet complement() {
    int[][] all = new int[turns.length][];
    Arrays.fill(all, new int[] {LOWEST, HIGHEST + 1});
    return new PortSet(all).with(this, (first, second) -> first && !second);
  }

  public boolean isEmpty() {
    return empty;
  }

  /** Whether no port is missing. */
  public boolean isAll() {
    return equals(ALL);
  }

  public boolean contains(Protocol protocol, int port) {
    int at = Arrays.binarySearch(turns[place(protocol)], port);
    // A turn at the port itself opens a run if its place is even; else the turn before it counts.
    return (at >= 0 ? at : -at - 2) % 2 == 0;
  }

  /** Whether each port of the other is here too. */
  public boolean containsAll(PortSet other) {
    return other.minus(this).isEmpty();
  }

  /** The runs of one protocol, ascending; none where it has no port. */
  public List<PortRange> ranges(Protocol protocol) {
    int[] mine = turns[place(protocol)];
    List<PortRange> ranges = new ArrayList<>(mine.length / 2);
    for (int i = 0; i < mine.length; i += 2) {
      ranges.add(new PortRange(mine[i], mine[i + 1] - 1));
    }
    return ranges;
  }

  private static int place(Protocol protocol) {
    return switch (protocol) {
      case TCP -> 0;
      case UDP -> 1;
      case SCTP -> 2;
    };
  }

  private PortSet with(PortSet other, Rule rule) {
    int[][] all = new int[turns.length][];
    for (int i = 0; i < all.length; i++) {
      all[i] = with(turns[i], other.turns[i], rule);
    }
    return new PortSet(all);
  }

  private static int[] with(int[] first, int[] second, Rule rule) {
    if (first.length == 0 && second.length == 0) {
      return NO_TURNS;
    }
    int[] found = new int[first.length + second.length];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < first.length || j < second.length) {
      int at =
          Math.min(
              i < first.length ? first[i] : Integer.MAX_VALUE,
              j < second.length ? second[j] : Integer.MAX_VALUE);
      i += i < first.length && first[i] == at ? 1 : 0;
      j += j < second.length && second[j] == at ? 1 : 0;
      boolean in = rule.keeps(i % 2 == 1, j % 2 == 1);
      if (in != (size % 2 == 1)) {
        found[size++] = at;
      }
    }
    return size == found.length ? found : Arrays.copyOf(found, size);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof PortSet set
            && hash == set.hash
            && Arrays.deepEquals(turns, set.turns));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** For people: {@code TCP/80, TCP/8000-8010, UDP/53}; {@code all ports}; {@code no port}. */
  @Override
  public String toString() {
    if (isAll()) {
      return "all ports";
    }
    StringJoiner text = new StringJoiner(", ").setEmptyValue("no port");
    for (Protocol protocol : Protocol.values()) {
      for (PortRange range : ranges(protocol)) {
        text.add(range.equals(PortRange.ALL) ? "all " + protocol : protocol + "/" + range);
      }
    }
    return text.toString();
  }
}
