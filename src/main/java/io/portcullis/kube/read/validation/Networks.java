package io.portcullis.kube.read.validation;

import io.portcullis.net.Cidr;
import java.util.regex.Pattern;

/** Addresses and names outside the cluster in policies of the whole cluster. */
final class Networks {
  private static final int LONGEST = 43;
  private static final Pattern LEADING_ZERO = Pattern.compile("(^|[./])0[0-9]");

  /** As the schema has it, with its slip between Z and z. */
  private static final Pattern DOMAIN_NAME =
      Pattern.compile(
          "^(\\*\\.)?([a-zA-z0-9]([-a-zA-Z0-9_]*[a-zA-Z0-9])?\\.)+[a-zA-z0-9]([-a-zA-Z0-9_]*[a-zA-Z0-9])?\\.?$");

  private Networks() {}

  /** All that v1alpha1 asks of a network. */
  static void oneFamily(Field network) {
    Bounds.length(network, LONGEST);
    if (network.text().contains(":") == network.text().contains(".")) {
      network.invalid(
          "CIDR must be either an IPv4 or IPv6 address. IPv4 address embedded in IPv6 addresses are"
              + " not supported");
    }
  }

  static void block(Field network) {
    Bounds.length(network, LONGEST);
    String text = network.text();
    boolean mapped = text.contains(":") && text.contains(".");
    if (mapped || LEADING_ZERO.matcher(text).find() || Cidr.tryParse(text).isEmpty()) {
      network.invalid("Invalid CIDR format provided");
    }
  }

  static void domainName(Field name) {
    if (!DOMAIN_NAME.matcher(name.text()).find()) {
      name.invalid("%s in body should match '%s'".formatted(name.path(), DOMAIN_NAME));
    }
  }
}
