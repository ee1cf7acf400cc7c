package io.portcullis.cluster.watch;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.RequestConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds the cluster as kubectl does: the kubeconfig that is named, else those of the environment's
 * {@code KUBECONFIG}, else the one in the home folder; in a pod without any, the pod's account.
 */
public final class Connection {
  private static final String IN_A_POD = "KUBERNETES_SERVICE_HOST";

  private Connection() {}

  /**
   * A client for the cluster; asks nothing of it yet.
   *
   * @param context empty: the kubeconfig's current one
   * @param kubeconfig empty: as kubectl finds it
   * @throws IllegalArgumentException where there is no such cluster; the message is for people
   */
  public static KubernetesClient open(Optional<String> context, Optional<Path> kubeconfig) {
    return new KubernetesClientBuilder().withConfig(find(context, kubeconfig)).build();
  }

  /** The same connections; each request is tried once, as who calls tries again. */
  public static KubernetesClient once(KubernetesClient client) {
    return client
        .newClient(once(client.getConfiguration().getRequestConfig()))
        .adapt(KubernetesClient.class);
  }

  static RequestConfig once(RequestConfig config) {
    return new RequestConfig(
        config.getWatchReconnectLimit(),
        config.getWatchReconnectInterval(),
        config.getRequestTimeout(),
        config.getScaleTimeout(),
        config.getLoggingInterval(),
        0,
        config.getRequestRetryBackoffInterval(),
        config.getUploadRequestTimeout());
  }

  /**
   * Where {@link #open} would go; makes no client.
   *
   * @throws IllegalArgumentException as {@link #open} does
   */
  public static Config find(Optional<String> context, Optional<Path> kubeconfig) {
    Config config = config(context, kubeconfig);
    check(config, context, kubeconfig, System.getenv());
    // Over HTTP/2 all watches would share one connection: one that is dead but not closed would
    // keep them all, and one slow reader would hold up the rest.
    config.setHttp2Disable(true);
    return config;
  }

  private static Config config(Optional<String> context, Optional<Path> kubeconfig) {
    try {
      return kubeconfig
          .map(path -> Config.fromKubeconfig(context.orElse(null), path.toFile()))
          .orElseGet(() -> Config.autoConfigure(context.orElse(null)));
    } catch (RuntimeException e) {
      // The client's own words name classes of Java; a null pointer stands for an empty file.
      throw new IllegalArgumentException(
          where(kubeconfig) + " is no kubeconfig that can be read", e);
    }
  }

  static void check(
      Config config,
      Optional<String> context,
      Optional<Path> kubeconfig,
      Map<String, String> environment) {
    List<NamedContext> contexts = Optional.ofNullable(config.getContexts()).orElse(List.of());
    Optional<String> current =
        Optional.ofNullable(config.getCurrentContext()).map(NamedContext::getName);
    // The client takes the current context where there is none of the name that it was given.
    if (context.isPresent() && !context.equals(current)) {
      throw new IllegalArgumentException(
          "%s has no context \"%s\"; it has: %s"
              .formatted(where(kubeconfig), context.get(), names(contexts)));
    }
    if (current.isEmpty() && !contexts.isEmpty()) {
      throw new IllegalArgumentException(
          "%s names no current context: choose one with --context; it has: %s"
              .formatted(where(kubeconfig), names(contexts)));
    }
    if (contexts.isEmpty() && (kubeconfig.isPresent() || !environment.containsKey(IN_A_POD))) {
      throw new IllegalArgumentException(
          "there is no cluster: %s has no context, and this is no pod"
              .formatted(where(kubeconfig)));
    }
  }

  private static String where(Optional<Path> kubeconfig) {
    return kubeconfig.map(Path::toString).orElse("the kubeconfig");
  }

  private static String names(List<NamedContext> contexts) {
    return contexts.isEmpty()
        ? "none"
        : contexts.stream().map(NamedContext::getName).sorted().collect(Collectors.joining(", "));
  }
}
