package io.portcullis.reach;

import io.portcullis.net.Address;
import io.portcullis.net.AddressRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * All addresses, cut wherever some range begins or ends, so that each range is a run of whole
 * cells. IPv4 is always covered, IPv6 only where a range is of it.
 */
final class AddressSpace {
  private static final Address FIRST_IPV4 = Address.parse("0.0.0.0");
  private static final Address LAST_IPV4 = Address.parse("255.255.255.255");
  private static final Address FIRST_IPV6 = Address.parse("::");
  private static final Address LAST_IPV6 = Address.parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");

  static final AddressRange IPV6 = new AddressRange(FIRST_IPV6, LAST_IPV6);

  private final List<AddressRange> cells;
  private final List<Address> starts;

  private AddressSpace(List<AddressRange> cells) {
    this.cells = List.copyOf(cells);
    this.starts = cells.stream().map(AddressRange::first).toList();
  }

  static AddressSpace cutAt(Collection<AddressRange> ranges) {
    TreeSet<Address> starts = new TreeSet<>();
    starts.add(FIRST_IPV4);
    for (AddressRange range : ranges) {
      if (range.first().family() == Address.Family.IPV6) {
        starts.add(FIRST_IPV6);
      }
      starts.add(range.first());
      range.last().plus(1).ifPresent(starts::add);
    }
    return new AddressSpace(between(new ArrayList<>(starts)));
  }

  private static List<AddressRange> between(List<Address> starts) {
    List<AddressRange> cells = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      Address first = starts.get(i);
      Address end = first.family() == Address.Family.IPV4 ? LAST_IPV4 : LAST_IPV6;
      boolean cut = i + 1 < starts.size() && starts.get(i + 1).compareTo(end) <= 0;
      Address last = cut ? starts.get(i + 1).plus(-1).orElseThrow() : end;
      cells.add(new AddressRange(first, last));
    }
    return cells;
  }

  /** Ascending. */
  List<AddressRange> cells() {
    return cells;
  }

  /** The place of the cell that an address is in; -1 where its family is not covered. */
  int cellOf(Address address) {
    int at = Collections.binarySearch(starts, address);
    int cell = at >= 0 ? at : -at - 2;
    return cell >= 0 && cells.get(cell).contains(address) ? cell : -1;
  }

  /** The places of the cells of a range along which the space was cut. */
  List<Integer> cellsOf(AddressRange range) {
    List<Integer> found = new ArrayList<>();
    for (int i = cellOf(range.first()); i >= 0 && i < cells.size(); i++) {
      if (!range.contains(cells.get(i))) {
        break;
      }
      found.add(i);
    }
    return found;
  }

  /** The ranges that some cells make, ascending: cells one after the other are one range. */
  static List<AddressRange> joined(List<Integer> group, List<AddressRange> cells) {
    List<AddressRange> ranges = new ArrayList<>();
    int last = -2;
    for (int cell : group) {
      if (cell == last + 1 && isOneFamily(ranges.getLast(), cells.get(cell))) {
        AddressRange before = ranges.removeLast();
        ranges.add(new AddressRange(before.first(), cells.get(cell).last()));
      } else {
        ranges.add(cells.get(cell));
      }
      last = cell;
    }
    return ranges;
  }

  private static boolean isOneFamily(AddressRange one, AddressRange other) {
    return one.first().family() == other.first().family();
  }
}
