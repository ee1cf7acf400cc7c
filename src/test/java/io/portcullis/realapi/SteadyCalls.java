package io.portcullis.realapi;

import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks again and again for something that the gate refuses, without storing it. A call that the API
 * server could not make shows as a yes: our webhooks are ignored where they fail.
 */
final class SteadyCalls implements AutoCloseable {
  static final String REFUSED = "refused";

  private final KubernetesClient client;
  private final String namespace;
  private final Thread thread;
  private final AtomicInteger refused = new AtomicInteger();
  private final Set<String> others = new ConcurrentSkipListSet<>();
  private volatile boolean stopped;

  SteadyCalls(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
    thread = Thread.ofPlatform().name("steady-calls").start(this::run);
  }

  private void run() {
    for (int number = 0; !stopped; number++) {
      String answer = ask(client, namespace, "steady-" + number);
      if (answer.equals(REFUSED)) {
        refused.incrementAndGet();
      } else {
        others.add(answer);
      }
    }
  }

  /** How many calls were refused, as they should. */
  int refused() {
    return refused.get();
  }

  /** All other answers. */
  List<String> others() {
    return List.copyOf(others);
  }

  @Override
  public void close() {
    stop();
  }

  /** Returns once the last call has its answer. */
  void stop() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks once: {@link #REFUSED} where the gate refused, else what happened. */
  static String ask(KubernetesClient client, String namespace, String name) {
    Ingress ingress =
        client
            .getKubernetesSerialization()
            .unmarshal(Manifests.ingress(namespace, name, "shop.example.com", ""), Ingress.class);
    try {
      client.resource(ingress).dryRun().create();
      return "let in";
    } catch (KubernetesClientException e) {
      String message = String.valueOf(e.getMessage());
      return message.contains("[ingress-tls]") ? REFUSED : message;
    }
  }
}
