package io.portcullis.net;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IPv4 or IPv6 address. All IPv4 addresses come before all IPv6 addresses. An IPv4-mapped IPv6
 * address ({@code ::ffff:10.0.0.1}) is the IPv4 address, as it is to the API server.
 *
 * @param bits the address as a number, 32 or 128 bits wide
 */
public record Address(Family family, BigInteger bits) implements Comparable<Address> {
  /** The two kinds of addresses. */
  public enum Family {
    IPV4(32),
    IPV6(128);

    private final int width;

    Family(int width) {
      this.width = width;
    }

    /** How many bits an address has. */
    public int width() {
      return width;
    }
  }

  private static final Pattern IPV4 =
      Pattern.compile("(0*[0-9]{1,3})\\.(0*[0-9]{1,3})\\.(0*[0-9]{1,3})\\.(0*[0-9]{1,3})");

  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  public Address {
    if (bits.signum() < 0 || bits.bitLength() > family.width()) {
      throw new IllegalArgumentException("%s is no %s address".formatted(bits, family));
    }
  }

  /** Reads an address; never asks DNS. Empty where the text is none. */
  public static Optional<Address> tryParse(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(of(InetAddress.ofLiteral(withoutLeadingZeros(text))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Reads an address, or says what is wrong with it. */
  public static Address parse(String text) {
    return tryParse(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "\"%s\" is no IP address: write it like 10.0.0.1 or fd00::1".formatted(text)));
  }

  private static Address of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return new Address(bytes.length == 4 ? Family.IPV4 : Family.IPV6, new BigInteger(1, bytes));
  }

  /** The API server reads 010.0.0.1 as 10.0.0.1 in fields that it has always read so. */
  private static String withoutLeadingZeros(String text) {
    return IPV4.matcher(text).matches() ? text.replaceAll("(^|\\.)0+(?=[0-9])", "$1") : text;
  }

  /** The address that many places further on; empty past the last of the family. */
  public Optional<Address> plus(long places) {
    BigInteger sum = bits.add(BigInteger.valueOf(places));
    return sum.signum() < 0 || sum.bitLength() > family.width()
        ? Optional.empty()
        : Optional.of(new Address(family, sum));
  }

  @Override
  public int compareTo(Address other) {
    int byFamily = family.compareTo(other.family);
    return byFamily != 0 ? byFamily : bits.compareTo(other.bits);
  }

  /** The canonical text: dotted for IPv4, RFC 5952 for IPv6. */
  @Override
  public String toString() {
    return switch (family) {
      case IPV4 -> {
        int all = bits.intValue();
        yield "%d.%d.%d.%d".formatted(all >>> 24, (all >>> 16) & 255, (all >>> 8) & 255, all & 255);
      }
      case IPV6 -> Rfc5952.write(bits);
    };
  }
}
