package io.portcullis.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All that the gate's own Secret holds: who is to be trusted, and what is shown.
 *
 * @param authorities those that clients should trust, the one that issues first; the others are on
 *     their way out
 * @param authorityKey the key of the first authority; those of the others are forgotten
 * @param identity issued by one of the authorities
 */
public record KeyRing(
    List<X509Certificate> authorities, PrivateKey authorityKey, Identity identity) {
  private static final String AUTHORITIES = "ca.crt";
  private static final String AUTHORITY_KEY = "ca.key";
  private static final String CERTIFICATE = "tls.crt";
  private static final String KEY = "tls.key";

  /**
   * @throws IllegalArgumentException where a key does not fit, or no authority vouches for the
   *     identity
   */
  public KeyRing {
    authorities = List.copyOf(authorities);
    if (!Identity.fits(authorityKey, authorities.getFirst())) {
      throw new IllegalArgumentException(
          "%s is not the key of the first authority in %s".formatted(AUTHORITY_KEY, AUTHORITIES));
    }
    if (authorities.stream().noneMatch(each -> isIssuer(each, identity.certificate()))) {
      throw new IllegalArgumentException(
          "no authority in %s vouches for %s".formatted(AUTHORITIES, CERTIFICATE));
    }
  }

  /** A new authority, and a certificate of it. */
  static KeyRing of(Authority authority, Identity identity) {
    return new KeyRing(List.of(authority.certificate()), authority.key(), identity);
  }

  /** The authority that issues. */
  Authority authority() {
    return new Authority(authorityKey, authorities.getFirst());
  }

  /** What clients should trust, as PEM. */
  public String bundle() {
    return Pem.text(authorities);
  }

  /** Whether the identity is of the authority that issues now. */
  boolean isOfTheFirst() {
    return isIssuer(authorities.getFirst(), identity.certificate());
  }

  /** One that issues from now on; of the others only that of the identity is still trusted. */
  KeyRing with(Authority next) {
    Stream<X509Certificate> issuer =
        authorities.stream().filter(each -> isIssuer(each, identity.certificate())).limit(1);
    return new KeyRing(
        Stream.concat(Stream.of(next.certificate()), issuer).toList(), next.key(), identity);
  }

  KeyRing with(Identity next) {
    return new KeyRing(authorities, authorityKey, next);
  }

  /** Only the authority that issues is trusted. */
  KeyRing withTheFirstOnly() {
    return new KeyRing(List.of(authorities.getFirst()), authorityKey, identity);
  }

  /** When the identity was made: its certificate holds from a little earlier. */
  Instant identityMade() {
    return identity.certificate().getNotBefore().toInstant().plus(Authority.CLOCK_SKEW);
  }

  /** The data of a Secret: base64 of PEM. */
  Map<String, String> data() {
    return Map.of(
        AUTHORITIES, base64(bundle()),
        AUTHORITY_KEY, base64(Pem.text(authorityKey)),
        CERTIFICATE, base64(Pem.text(identity.chain())),
        KEY, base64(Pem.text(identity.key())));
  }

  /**
   * What {@link #data()} wrote.
   *
   * @throws IllegalArgumentException where it is anything else; the message says which key
   */
  static KeyRing read(Map<String, String> data) {
    Identity identity =
        new Identity(part(data, KEY, Pem::privateKey), part(data, CERTIFICATE, Pem::certificates));
    return new KeyRing(
        part(data, AUTHORITIES, Pem::certificates),
        part(data, AUTHORITY_KEY, Pem::privateKey),
        identity);
  }

  private static <T> T part(Map<String, String> data, String key, Function<String, T> reader) {
    String encoded = data.getOrDefault(key, "");
    try {
      return reader.apply(
          new String(Base64.getDecoder().decode(encoded), StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean isIssuer(X509Certificate authority, X509Certificate certificate) {
    try {
      certificate.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
