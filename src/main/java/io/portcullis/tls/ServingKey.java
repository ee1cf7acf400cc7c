package io.portcullis.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The identity that the server shows now, as TLS engines ask for it. Safe for any number of
 * handshakes while another identity is put in its place.
 */
public final class ServingKey extends X509ExtendedKeyManager {
  /**
   * An engine asks for an alias, then for that alias's chain, then for its key. The alias is the
   * generation's number, and the one before is kept, so that a handshake ends with the identity
   * that it began with.
   */
  private record Generation(long number, Identity now, Identity before) {
    String alias() {
      return Long.toString(number);
    }

    Identity find(String alias) {
      return alias.equals(alias()) ? now : before;
    }
  }

  private final AtomicReference<Generation> generation;

  public ServingKey(Identity first) {
    generation = new AtomicReference<>(new Generation(0, first, first));
  }

  /** What new connections are shown. */
  public Identity identity() {
    return generation.get().now();
  }

  /** Shows another identity from now on; connections that are open stay. */
  public void show(Identity next) {
    generation.updateAndGet(last -> new Generation(last.number() + 1, next, last.now()));
  }

  @Override
  public String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return chooseServerAlias(keyType, issuers, null);
  }

  @Override
  public String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return generation.get().alias();
  }

  @Override
  public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {generation.get().alias()};
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return generation.get().find(alias).chain().toArray(X509Certificate[]::new);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return generation.get().find(alias).key();
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
