package io.portcullis.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.portcullis.cluster.manifests.Manifests;
import io.portcullis.cluster.watch.Connection;
import io.portcullis.cluster.watch.LiveReadException;
import io.portcullis.cluster.watch.Pace;
import io.portcullis.cluster.watch.Snapshot;
import io.portcullis.cluster.watch.SnapshotReader;
import io.portcullis.kube.Kind;
import io.quarkus.runtime.ImageMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The cluster that manifests are seen in: that of other manifests, or a live one. */
final class ClusterOptions {
  private static final String DEFAULT = "default";

  /** Else the JVM warns on stderr of what the client's HTTP library does to be faster. */
  private static final String WITHOUT_UNSAFE = "io.netty.noUnsafe";

  @Spec(Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--cluster",
      paramLabel = "PATH",
      description = "Manifests of what is in the cluster already; not judged. May be repeated.")
  private List<String> paths = List.of();

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description =
          "Take what is in the cluster already from the one of this context of the kubeconfig;"
              + " it is only read.")
  private Optional<String> context = Optional.empty();

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "The kubeconfig to use; without --context its current one.")
  private Optional<Path> kubeconfig = Optional.empty();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Where objects are that name no namespace (default: the context's, default).")
  private Optional<String> namespace = Optional.empty();

  /** Where objects are that name no namespace. */
  String namespace() {
    return namespace
        .or(() -> live().flatMap(config -> Optional.ofNullable(config.getNamespace())))
        .filter(name -> !name.isEmpty())
        .orElse(DEFAULT);
  }

  /**
   * Reads what is there already.
   *
   * @param manifests what comes into it; in their namespaces is read too what may not be listed
   *     everywhere
   * @throws ParameterException where the options contradict each other, or name no cluster
   * @throws LiveReadException where the cluster can't be read
   */
  Background read(Manifests manifests) throws LiveReadException {
    return live().isPresent()
        ? Background.of(snapshot(namespaces(manifests)))
        : Background.of(Manifests.read(paths, namespace(), System.in));
  }

  /** Whether a cluster is named, so that there is something without any manifest. */
  boolean isNamed() {
    return !paths.isEmpty() || live().isPresent();
  }

  private static Set<String> namespaces(Manifests manifests) {
    return manifests.objects().stream()
        .map(object -> object.kind() == Kind.NAMESPACE ? object.name() : object.namespace())
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }

  private Snapshot snapshot(Set<String> namespaces) throws LiveReadException {
    Set<String> all = new TreeSet<>(namespaces);
    all.add(namespace());
    // A native executable does not warn, and its choice was made when it was built.
    if (!ImageMode.current().isNativeImage()) {
      System.setProperty(WITHOUT_UNSAFE, "true");
    }
    try (KubernetesClient client = Connection.open(context, kubeconfig)) {
      return new SnapshotReader(client, Pace.CALM).read(all);
    }
  }

  private Optional<Config> live() {
    if (context.isEmpty() && kubeconfig.isEmpty()) {
      return Optional.empty();
    }
    if (!paths.isEmpty()) {
      throw refused("--cluster takes the cluster from files: --context and --kubeconfig must go");
    }
    try {
      return Optional.of(Connection.find(context, kubeconfig));
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private ParameterException refused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
