package io.portcullis.cluster.watch;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.portcullis.kube.ConfigMap;
import io.portcullis.kube.Kind;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.Pod;
import io.portcullis.kube.PodSpec;
import io.portcullis.net.Labels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What tests of the watch share. */
final class Fixtures {
  /** As {@link Pace#CALM}, much faster. */
  static final Pace QUICK =
      new Pace(
          Duration.ofMillis(1),
          Duration.ofMillis(20),
          Duration.ofMillis(20),
          Duration.ofMillis(400),
          Duration.ofMillis(400),
          Duration.ofSeconds(5),
          Duration.ofMillis(50));

  static final Duration LONG = Duration.ofSeconds(30);

  static final Source PODS = of(Kind.POD);
  static final Source ONE_MAP = new Source(Kind.CONFIG_MAP, "shop", "a", "metadata.name=a");

  /** What goes wrong here goes wrong on purpose; nobody wants to read about it. */
  private static final List<Logger> HUSHED =
      List.of(Logger.getLogger("portcullis.watch"), Logger.getLogger("io.vertx.core.net.impl"));

  static {
    HUSHED.forEach(logger -> logger.setLevel(Level.OFF));
  }

  private Fixtures() {}

  static Source of(Kind kind) {
    return Source.all().stream().filter(each -> each.kind() == kind).findFirst().orElseThrow();
  }

  static KubernetesClient client(String url) {
    Config config =
        new ConfigBuilder(Config.empty()).withMasterUrl(url).withHttp2Disable(true).build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  static Pod pod(String name, String app) {
    return new Pod(Meta.of("shop", name, Labels.of("app", app)), PodSpec.EMPTY, List.of(), false);
  }

  static Pod finished(Pod pod) {
    return new Pod(pod.meta(), pod.spec(), pod.addresses(), true);
  }

  static Namespace namespace(String name) {
    return new Namespace(Meta.of("", name, Labels.EMPTY));
  }

  static ConfigMap map(String name, String text) {
    return new ConfigMap(Meta.of("shop", name, Labels.EMPTY), Map.of("text", text));
  }
}
