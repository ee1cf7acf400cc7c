package io.portcullis.tls;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** Certificates and keys as text (RFC 7468). */
public final class Pem {
  private Pem() {}

  /**
   * The certificates of a text, in its order.
   *
   * @throws IllegalArgumentException where there is none or one can't be read
   */
  public static List<X509Certificate> certificates(String text) {
    List<X509Certificate> found = new ArrayList<>();
    for (Object object : objects(text)) {
      if (object instanceof X509CertificateHolder holder) {
        found.add(certificate(holder));
      }
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException("there is no CERTIFICATE in it");
    }
    return found;
  }

  /**
   * The first private key of a text: PKCS #8, or as OpenSSL writes EC and RSA keys.
   *
   * @throws IllegalArgumentException where there is none, or it is encrypted or can't be read
   */
  public static PrivateKey privateKey(String text) {
    for (Object object : objects(text)) {
      if (object instanceof PEMKeyPair pair) {
        return privateKey(pair.getPrivateKeyInfo());
      }
      if (object instanceof PrivateKeyInfo info) {
        return privateKey(info);
      }
    }
    throw new IllegalArgumentException("there is no PRIVATE KEY in it that is not encrypted");
  }

  public static String text(Collection<X509Certificate> certificates) {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : certificates) {
      try {
        text.append(text("CERTIFICATE", certificate.getEncoded()));
      } catch (CertificateException e) {
        throw new IllegalArgumentException("a certificate that can't be written", e);
      }
    }
    return text.toString();
  }

  public static String text(PrivateKey key) {
    return text("PRIVATE KEY", key.getEncoded());
  }

  private static String text(String type, byte[] content) {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject(type, content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static List<Object> objects(String text) {
    List<Object> objects = new ArrayList<>();
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
        objects.add(object);
      }
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("it is no PEM that can be read", e);
    }
    return objects;
  }

  private static X509Certificate certificate(X509CertificateHolder holder) {
    try {
      return new JcaX509CertificateConverter().getCertificate(holder);
    } catch (CertificateException e) {
      throw new IllegalArgumentException("a CERTIFICATE in it can't be read", e);
    }
  }

  private static PrivateKey privateKey(PrivateKeyInfo info) {
    try {
      return new JcaPEMKeyConverter().getPrivateKey(info);
    } catch (IOException e) {
      throw new IllegalArgumentException("its PRIVATE KEY can't be read", e);
    }
  }
}
