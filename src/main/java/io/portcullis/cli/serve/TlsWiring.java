package io.portcullis.cli.serve;

import io.portcullis.tls.CertificateFolder;
import io.portcullis.tls.Certificates;
import io.portcullis.tls.Hosts;
import io.portcullis.tls.Identity;
import io.quarkus.tls.runtime.KeyStoreAndKeyCertOptions;
import io.quarkus.tls.runtime.KeyStoreProvider;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Gives the HTTPS server its certificate. */
@Singleton
final class TlsWiring {
  @Produces
  @Singleton
  Certificates certificates(ServeConfig config) throws IOException {
    Set<String> hosts = Hosts.with(config.host().orElse(List.of()));
    Certificates certificates =
        config.certDir().isPresent()
            ? new Certificates.InFolder(
                new CertificateFolder(config.certDir().get()), hosts, Clock.systemUTC())
            : new Certificates.InMemory(hosts, Clock.systemUTC());
    if (config.caOut().isPresent()) {
      certificates.writeAuthorities(config.caOut().get());
    }
    return certificates;
  }

  /**
   * The key manager asks for the identity at each handshake, so a new one needs no reload of the
   * server.
   */
  @Produces
  @Singleton
  @Identifier("portcullis")
  KeyStoreProvider keyStore(Certificates certificates) {
    return new Shown(certificates);
  }

  private record Shown(Certificates certificates) implements KeyStoreProvider {
    @Override
    public KeyStoreAndKeyCertOptions getKeyStore(Vertx vertx) {
      return new KeyStoreAndKeyCertOptions(
          store(certificates.key().identity()), KeyCertOptions.wrap(certificates.key()));
    }

    private static KeyStore store(Identity identity) {
      try {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
            "portcullis",
            identity.key(),
            new char[0],
            identity.chain().toArray(X509Certificate[]::new));
        return store;
      } catch (GeneralSecurityException | IOException e) {
        throw new IllegalStateException("this JDK keeps no keys", e);
      }
    }
  }
}
