package io.portcullis.cli.serve;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.portcullis.cluster.watch.Connection;
import io.portcullis.leader.LeaderLease;
import io.portcullis.tls.CertificateFolder;
import io.portcullis.tls.Certificates;
import io.portcullis.tls.Hosts;
import io.portcullis.tls.Identity;
import io.portcullis.tls.InSecret;
import io.portcullis.tls.Lifetimes;
import io.portcullis.tls.Rotation;
import io.quarkus.tls.runtime.KeyStoreAndKeyCertOptions;
import io.quarkus.tls.runtime.KeyStoreProvider;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import jakarta.enterprise.inject.Instance;
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
  Certificates certificates(
      ServeConfig config, Instance<KubernetesClient> client, Instance<LeaderLease> lease)
      throws IOException {
    Set<String> hosts = Hosts.with(config.host().orElse(List.of()));
    if (config.certDir().isEmpty() && config.cluster().isEmpty()) {
      Rotation rotation = new Rotation(hosts, lifetimes(config));
      return new InSecret(
          Connection.once(client.get()), lease.get()::renew, rotation, Clock.systemUTC());
    }
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

  private static Lifetimes lifetimes(ServeConfig config) {
    return new Lifetimes(
        Life.parse(config.caLife()).time(),
        Life.parse(config.leafLife()).time(),
        Life.parse(config.overlap()).time());
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
