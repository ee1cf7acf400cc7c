package io.portcullis.kube.read.validation;

import io.portcullis.net.Address;
import io.portcullis.net.Cidr;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses and blocks, as strict as Kubernetes 1.36 is about new ones (StrictIPCIDRValidation): no
 * leading zeros, no IPv4-mapped IPv6, no host bits in a block.
 */
final class Addresses {
  private static final Pattern LEADING_ZERO = Pattern.compile("(^|[.])0[0-9]+(?=[.]|$)");
  private static final Pattern ZERO_LENGTH = Pattern.compile("/0[0-9]+$");

  private Addresses() {}

  /** An address of a field that takes any way of writing it. */
  static boolean address(Field field, String text) {
    Optional<Address> address = Address.tryParse(text);
    if (address.isEmpty()) {
      field.invalid("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
      return false;
    }
    if (LEADING_ZERO.matcher(text).find()) {
      field.invalid("must not have leading 0s");
      return false;
    }
    if (isMapped(text, address.get())) {
      field.invalid("must not be an IPv4-mapped IPv6 address");
      return false;
    }
    return true;
  }

  /** An address that traffic can be sent to. */
  static void endpoint(Field field, String text) {
    if (!address(field, text)) {
      return;
    }
    Address address = Address.parse(text);
    if (address.bits().signum() == 0) {
      field.invalid("may not be unspecified (" + text + ")");
    }
    if (within(address, "127.0.0.0/8") || within(address, "::1/128")) {
      field.invalid("may not be in the loopback range (127.0.0.0/8, ::1/128)");
    }
    if (within(address, "169.254.0.0/16") || within(address, "fe80::/10")) {
      field.invalid("may not be in the link-local range (169.254.0.0/16, fe80::/10)");
    }
    if (within(address, "224.0.0.0/24") || within(address, "ff02::/16")) {
      field.invalid("may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
    }
  }

  /** A block; empty where it can't be read at all. */
  static Optional<Cidr> block(Field field, String text) {
    Optional<Cidr> cidr = Cidr.tryParse(text);
    if (cidr.isEmpty()) {
      field.invalid("must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
      return cidr;
    }
    String address = text.substring(0, text.indexOf('/'));
    if (LEADING_ZERO.matcher(address).find() || ZERO_LENGTH.matcher(text).find()) {
      field.invalid("must not have leading 0s in IP or prefix length");
    } else if (isMapped(address, cidr.get().address())) {
      field.invalid("must not have an IPv4-mapped IPv6 address");
    } else if (!cidr.get().range().first().equals(cidr.get().address())) {
      field.invalid("must not have bits set beyond the prefix length");
    }
    return cidr;
  }

  /** A block of a field that takes the canonical way of writing it only. */
  static void canonicalBlock(Field field, String text) {
    block(field, text)
        .filter(cidr -> cidr.range().first().equals(cidr.address()))
        .filter(cidr -> !ZERO_LENGTH.matcher(text).find())
        .filter(cidr -> !cidr.toString().equals(text))
        .ifPresent(cidr -> field.invalid("must be in canonical form (\"" + cidr + "\")"));
  }

  private static boolean isMapped(String text, Address address) {
    return address.family() == Address.Family.IPV4 && text.contains(":");
  }

  private static boolean within(Address address, String block) {
    return Cidr.parse(block).contains(address);
  }

  /** Whether the first block holds the second and more. */
  static boolean holdsStrictly(Cidr whole, Cidr part) {
    BigInteger size = size(whole);
    return whole.range().contains(part.range()) && size.compareTo(size(part)) > 0;
  }

  private static BigInteger size(Cidr cidr) {
    return cidr.range().last().bits().subtract(cidr.range().first().bits());
  }
}
