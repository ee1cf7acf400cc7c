package io.portcullis.settings;

import io.portcullis.net.Address;
import io.portcullis.net.AddressRange;
import io.portcullis.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code addresses}. Nodes, pods and Services share no address. */
final class AddressesReader {
  private static final Pattern LEADING_ZERO = Pattern.compile("(^|[^0-9a-fA-F:])0[0-9]+");

  /** A range where it stands. */
  private record Placed(String what, AddressRange range, Value at) {}

  private final List<Placed> placed = new ArrayList<>();

  private AddressesReader() {}

  static Optional<Settings.Addresses> read(Value value) {
    return value.record(new AddressesReader()::addresses);
  }

  private Optional<Settings.Addresses> addresses(Fields fields) {
    return Optional.of(
        new Settings.Addresses(
            ranges("nodes", fields),
            ranges("pods", fields),
            ranges("services", fields),
            fields.items("reserved", AddressesReader::reserved)));
  }

  private List<AddressRange> ranges(String what, Fields fields) {
    return fields.items(
        what,
        value -> {
          Optional<AddressRange> range = range(value);
          range.ifPresent(some -> place(new Placed(what, some, value)));
          return range;
        });
  }

  private void place(Placed one) {
    for (Placed other : placed) {
      if (!other.what().equals(one.what()) && other.range().overlaps(one.range())) {
        one.at()
            .problem(
                "%s overlaps %s (%s) on line %d."
                    .formatted(
                        one.at().shown(),
                        other.at().path(),
                        other.at().shown(),
                        other.at().position().line()),
                "nodes, pods and Services need ranges of their own: correct one of the two.");
      }
    }
    placed.add(one);
  }

  private static Optional<Settings.Reserved> reserved(Value value) {
    return value.record(fields -> {
      Optional<String> name = fields.need("name").flatMap(Value::text);
      Optional<Value> list = fields.need("ranges");
      list.filter(Value::isEmptyList)
          .ifPresent(empty -> empty.problem("the list is empty.", "name a range."));
      List<AddressRange> ranges =
          list.map(some -> some.items(AddressesReader::range)).orElse(List.of());
      return name.map(some -> new Settings.Reserved(some, ranges));
    });
  }

  private static Optional<AddressRange> range(Value value) {
    Optional<AddressRange> range =
        value.parsed(
            text -> withoutLeadingZeros(text).flatMap(AddressRange::tryParse),
            "address range",
            "write it like 10.0.0.0/8, fd00::/8 or 10.0.0.1-10.0.0.9.");
    Optional<Cidr> block = range.flatMap(some -> Cidr.tryParse(value.shown()));
    if (block.isPresent() && !block.get().range().first().equals(block.get().address())) {
      value.problem(
          "%s has bits set after its prefix.".formatted(value.shown()),
          "write %s/%d.".formatted(block.get().range().first(), block.get().prefix()));
    }
    return range;
  }

  static Optional<Address> address(Value value) {
    return value.parsed(
        text -> withoutLeadingZeros(text).flatMap(Address::tryParse),
        "address",
        "write it like 10.0.0.1 or fd00::1.");
  }

  /** Some programs take 010 for eight: what is meant is not sure. */
  private static Optional<String> withoutLeadingZeros(String text) {
    return LEADING_ZERO.matcher(text).find() ? Optional.empty() : Optional.of(text);
  }
}
