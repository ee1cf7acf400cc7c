package io.portcullis.net;

import java.math.BigInteger;
import java.util.Optional;

/**
 * A block of addresses: {@code 10.0.0.0/8}. The address may have host bits ({@code 10.0.0.7/8}), as
 * the API server lets them pass; two blocks that cover the same addresses are told apart only by
 * what was written. Compare {@link #range()} for what they cover.
 *
 * @param prefix how many leading bits are fixed, 0 to the width of the family
 */
public record Cidr(Address address, int prefix) {
  public Cidr {
    if (prefix < 0 || prefix > address.family().width()) {
      throw new IllegalArgumentException(
          "/%d is no prefix length of an %s block: want 0 to %d"
              .formatted(prefix, address.family(), address.family().width()));
    }
  }

  /** Reads a block; empty where the text is none. */
  public static Optional<Cidr> tryParse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,3}")) {
      return Optional.empty();
    }
    int prefix = Integer.parseInt(text.substring(slash + 1));
    // ::ffff:10.0.0.0/104 is an IPv4 block with 96 bits of mapping before it
    boolean mapped = slash > 0 && text.substring(0, slash).contains(":");
    return Address.tryParse(text.substring(0, slash))
        .flatMap(address -> {
          boolean shorten = mapped && address.family() == Address.Family.IPV4;
          int bits = shorten ? prefix - 96 : prefix;
          return bits < 0 || bits > address.family().width()
              ? Optional.empty()
              : Optional.of(new Cidr(address, bits));
        });
  }

  /** Reads a block, or says what is wrong with it. */
  public static Cidr parse(String text) {
    return tryParse(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "\"%s\" is no address block: write it like 10.0.0.0/8 or fd00::/8"
                    .formatted(text)));
  }

  /** All addresses of the block, from the first to the last. */
  public AddressRange range() {
    int host = address.family().width() - prefix;
    BigInteger size = BigInteger.ONE.shiftLeft(host);
    BigInteger first = address.bits().shiftRight(host).shiftLeft(host);
    return new AddressRange(
        new Address(address.family(), first),
        new Address(address.family(), first.add(size).subtract(BigInteger.ONE)));
  }

  public boolean contains(Address other) {
    return range().contains(other);
  }

  @Override
  public String toString() {
    return address + "/" + prefix;
  }
}
