package io.portcullis.tls;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Optional;

/**
 * The Secret that holds a {@link KeyRing}. Written only where nobody else did in between; what a
 * caller may conclude from a write that was not done is that there is something newer to read.
 */
final class RingSecret {
  static final String NAMESPACE = "portcullis-system";
  static final String NAME = "portcullis-tls";

  /**
   * What was read.
   *
   * @param ring empty where what is stored makes no sense
   * @param problem why not
   */
  record Stored(Secret secret, Optional<KeyRing> ring, Optional<String> problem) {}

  private final KubernetesClient client;

  RingSecret(KubernetesClient client) {
    this.client = client;
  }

  /**
   * What is stored now; empty where there is no such Secret.
   *
   * @throws KubernetesClientException where it can't be read
   */
  Optional<Stored> read() {
    return Optional.ofNullable(client.secrets().inNamespace(NAMESPACE).withName(NAME).get())
        .map(RingSecret::stored);
  }

  private static Stored stored(Secret secret) {
    try {
      Map<String, String> data = Optional.ofNullable(secret.getData()).orElse(Map.of());
      return new Stored(secret, Optional.of(KeyRing.read(data)), Optional.empty());
    } catch (IllegalArgumentException e) {
      return new Stored(secret, Optional.empty(), Optional.ofNullable(e.getMessage()));
    }
  }

  /**
   * Writes the ring over what was read.
   *
   * @return whether it is stored; false where another wrote first
   */
  boolean write(Optional<Stored> over, KeyRing ring) {
    try {
      if (over.isPresent()) {
        Secret read = over.get().secret();
        client
            .resource(new SecretBuilder(read).withData(ring.data()).build())
            .lockResourceVersion(read.getMetadata().getResourceVersion())
            .update();
      } else {
        client.resource(made(ring)).create();
      }
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  private static Secret made(KeyRing ring) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(NAMESPACE)
        .withName(NAME)
        .addToLabels("app.kubernetes.io/name", "portcullis")
        .endMetadata()
        .withType("kubernetes.io/tls")
        .withData(ring.data())
        .build();
  }
}
