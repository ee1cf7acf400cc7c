package io.portcullis.tls;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.util.IPAddress;

/** The names under which the webhook is called. */
public final class Hosts {
  /** Our Service as the API server calls it, and this machine as people and tests do. */
  private static final List<String> OWN =
      List.of(
          "portcullis.portcullis-system.svc",
          "portcullis.portcullis-system.svc.cluster.local",
          "portcullis.portcullis-system",
          "portcullis",
          "localhost",
          "127.0.0.1",
          "::1");

  private static final Pattern NAME =
      Pattern.compile("(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

  private Hosts() {}

  /**
   * Our own names and these.
   *
   * @throws IllegalArgumentException where one is neither a DNS name nor an address
   */
  public static Set<String> with(Collection<String> more) {
    Set<String> all = new LinkedHashSet<>(OWN);
    for (String host : more) {
      if (!isAddress(host) && !NAME.matcher(host).matches()) {
        throw new IllegalArgumentException(
            "\"%s\" is neither a DNS name nor an IP address".formatted(host));
      }
      all.add(host);
    }
    return all;
  }

  static GeneralNames alternativeNames(Collection<String> hosts) {
    List<GeneralName> names = new ArrayList<>();
    for (String host : hosts) {
      int type = isAddress(host) ? GeneralName.iPAddress : GeneralName.dNSName;
      names.add(new GeneralName(type, host));
    }
    return new GeneralNames(names.toArray(GeneralName[]::new));
  }

  /** Whether a certificate holds for just these; addresses are compared as they are encoded. */
  static boolean areThoseOf(X509Certificate certificate, Collection<String> hosts) {
    byte[] held = certificate.getExtensionValue(Extension.subjectAlternativeName.getId());
    try {
      byte[] wanted = new DEROctetString(alternativeNames(hosts)).getEncoded();
      return Arrays.equals(held, wanted);
    } catch (IOException e) {
      throw new IllegalStateException("names that can't be encoded: " + hosts, e);
    }
  }

  private static boolean isAddress(String host) {
    return IPAddress.isValid(host);
  }
}
