package io.portcullis.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * What a server shows: its certificate, those that vouch for it, and the key.
 *
 * @param chain the server's own certificate first
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {
  public Identity {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("there is no certificate");
    }
    if (!fits(key, chain.getFirst())) {
      throw new IllegalArgumentException("the key is not the certificate's");
    }
  }

  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /** When the certificate ends. */
  public Instant notAfter() {
    return certificate().getNotAfter().toInstant();
  }

  static boolean fits(PrivateKey key, X509Certificate certificate) {
    byte[] probe = {1, 2, 3};
    try {
      Signature signature = Signature.getInstance(algorithm(key));
      signature.initSign(key);
      signature.update(probe);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(probe);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> key.getAlgorithm();
    };
  }
}
