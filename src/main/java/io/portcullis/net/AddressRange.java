package io.portcullis.net;

import java.util.Optional;

/** A run of addresses of one family, both ends included. */
public record AddressRange(Address first, Address last) {
  public AddressRange {
    if (first.family() != last.family() || first.compareTo(last) > 0) {
      throw new IllegalArgumentException(
          "%s-%s is no address range: want one family, the lower end first".formatted(first, last));
    }
  }

  /** Reads a block ({@code 10.0.0.0/8}), a range ({@code 10.0.0.1-10.0.0.9}) or one address. */
  public static Optional<AddressRange> tryParse(String text) {
    if (text.contains("/")) {
      return Cidr.tryParse(text).map(Cidr::range);
    }
    int dash = text.indexOf('-');
    Optional<Address> first = Address.tryParse(dash < 0 ? text : text.substring(0, dash).strip());
    Optional<Address> last = dash < 0 ? first : Address.tryParse(text.substring(dash + 1).strip());
    return first
        .filter(a -> last.isPresent() && a.family() == last.get().family())
        .filter(a -> a.compareTo(last.orElseThrow()) <= 0)
        .map(a -> new AddressRange(a, last.orElseThrow()));
  }

  public boolean contains(Address address) {
    return address.family() == first.family()
        && first.compareTo(address) <= 0
        && address.compareTo(last) <= 0;
  }

  public boolean contains(AddressRange other) {
    return contains(other.first) && contains(other.last);
  }

  public boolean overlaps(AddressRange other) {
    return intersection(other).isPresent();
  }

  /** The addresses that both have. */
  public Optional<AddressRange> intersection(AddressRange other) {
    if (first.family() != other.first.family()) {
      return Optional.empty();
    }
    Address low = first.compareTo(other.first) >= 0 ? first : other.first;
    Address high = last.compareTo(other.last) <= 0 ? last : other.last;
    return low.compareTo(high) <= 0 ? Optional.of(new AddressRange(low, high)) : Optional.empty();
  }

  /** As people write it: one address as itself, a block as a block, else {@code first-last}. */
  public String text() {
    int fixed = first.bits().xor(last.bits()).bitLength();
    Cidr block = new Cidr(first, first.family().width() - fixed);
    return fixed > 0 && block.range().equals(this) ? block.toString() : toString();
  }

  /** One address as itself, else {@code first-last}. */
  @Override
  public String toString() {
    return first.equals(last) ? first.toString() : first + "-" + last;
  }
}
