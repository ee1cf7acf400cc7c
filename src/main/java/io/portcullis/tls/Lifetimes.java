package io.portcullis.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/**
 * How long what we make ourselves holds. It is renewed when a third of that is left.
 *
 * @param overlap how long a new authority is trusted before the first certificate of its own is
 *     shown, and the old one after that
 */
public record Lifetimes(Duration authority, Duration certificate, Duration overlap) {
  public static final Lifetimes USUAL =
      new Lifetimes(Duration.ofDays(3650), Duration.ofDays(365), Duration.ofDays(1));

  private static final int RENEWED_AT = 3;

  public Lifetimes {
    if (!overlap.isPositive() || overlap.multipliedBy(RENEWED_AT).compareTo(certificate) >= 0) {
      throw new IllegalArgumentException(
          "the overlap must be shorter than a third of the certificate's life");
    }
    if (certificate.compareTo(authority) > 0) {
      throw new IllegalArgumentException(
          "the certificate's life must not be longer than the authority's");
    }
  }

  boolean isAuthorityDue(X509Certificate made, Instant now) {
    return isDue(made, authority, now);
  }

  boolean isCertificateDue(X509Certificate made, Instant now) {
    return isDue(made, certificate, now);
  }

  /**
   * By the end, not by the beginning: that lies a little in the past for clocks that are behind.
   */
  private static boolean isDue(X509Certificate made, Duration life, Instant now) {
    return !now.isBefore(made.getNotAfter().toInstant().minus(life.dividedBy(RENEWED_AT)));
  }
}
