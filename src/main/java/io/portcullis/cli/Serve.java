package io.portcullis.cli;

import io.portcullis.cli.serve.ByteSize;
import io.portcullis.cli.serve.Life;
import io.portcullis.cli.serve.ManifestPicture;
import io.portcullis.cli.serve.SettingsText;
import io.portcullis.cluster.watch.Connection;
import io.portcullis.tls.Hosts;
import io.portcullis.tls.Lifetimes;
import io.quarkus.runtime.Quarkus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The webhook. What it is told goes on as {@code portcullis.*} properties, from which {@code
 * cli.serve} wires the server.
 */
@Command(
    name = "serve",
    description = "Runs the admission webhook, which judges what the API server is to store.")
final class Serve implements Callable<Integer> {
  private static final int LAST_PORT = 65_535;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--cluster",
      paramLabel = "PATH",
      description = "Take the picture of the cluster from manifests; no API server is needed.")
  private Optional<Path> cluster = Optional.empty();

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "The kubeconfig's context to use.")
  private Optional<String> context = Optional.empty();

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "The kubeconfig to use; in a pod its own account where none is given.")
  private Optional<Path> kubeconfig = Optional.empty();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8443",
      description = "The HTTPS port (default ${DEFAULT-VALUE}).")
  private int port = 8443;

  @Option(
      names = "--management-port",
      paramLabel = "PORT",
      defaultValue = "9000",
      description = "The port of probes and metrics (default ${DEFAULT-VALUE}).")
  private int managementPort = 9000;

  @Option(
      names = "--cert-dir",
      paramLabel = "DIR",
      description = "Where tls.crt, tls.key and ca.crt are; they are made where there are none.")
  private Optional<Path> certDir = Optional.empty();

  @Option(
      names = "--ca-out",
      paramLabel = "FILE",
      description = "Write the CA's certificate here where it is made in memory.")
  private Optional<Path> caOut = Optional.empty();

  @Option(
      names = "--host",
      paramLabel = "NAME",
      split = ",",
      description = "One more name or address for the certificate that is made.")
  private List<String> hosts = List.of();

  @Option(
      names = "--ca-life",
      paramLabel = "TIME",
      defaultValue = "3650d",
      converter = LifeConverter.class,
      description =
          "How long the CA holds that is made in a cluster (default ${DEFAULT-VALUE}); renewed at"
              + " two thirds.")
  private Life caLife = Life.days(3650);

  @Option(
      names = "--leaf-life",
      paramLabel = "TIME",
      defaultValue = "365d",
      converter = LifeConverter.class,
      description = "The same for the certificate (default ${DEFAULT-VALUE}).")
  private Life leafLife = Life.days(365);

  @Option(
      names = "--overlap",
      paramLabel = "TIME",
      defaultValue = "24h",
      converter = LifeConverter.class,
      description =
          "How long a new CA is trusted before it issues, and the old one after that (default"
              + " ${DEFAULT-VALUE}).")
  private Life overlap = Life.days(1);

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description = "The settings, instead of the ConfigMap's.")
  private Optional<Path> settings = Optional.empty();

  @Option(
      names = "--max-body",
      paramLabel = "SIZE",
      defaultValue = "16MiB",
      converter = ByteSizeConverter.class,
      description = "The largest request that is read (default ${DEFAULT-VALUE}).")
  private ByteSize maxBody = ByteSize.mebibytes(16);

  @Option(
      names = "--drain",
      paramLabel = "TIME",
      converter = LifeConverter.class,
      description =
          "Told to stop, answer on for this long while not ready, so that others are asked instead"
              + " (default: stop at once).")
  private Optional<Life> drain = Optional.empty();

  @Option(
      names = "--audit-file",
      paramLabel = "FILE",
      description = "Write the audit records here too, beside stdout.")
  private Optional<Path> auditFile = Optional.empty();

  @Option(
      names = "--audit-file-size",
      paramLabel = "SIZE",
      defaultValue = "100MiB",
      converter = ByteSizeConverter.class,
      description = "At which size that file is moved aside (default ${DEFAULT-VALUE}).")
  private ByteSize auditFileSize = ByteSize.mebibytes(100);

  @Option(
      names = "--audit-file-count",
      paramLabel = "COUNT",
      defaultValue = "5",
      description = "How many of those moved aside are kept (default ${DEFAULT-VALUE}).")
  private int auditFileCount = 5;

  @Override
  public Integer call() {
    checkOptions();
    List<String> problems = problems();
    if (!problems.isEmpty()) {
      problems.forEach(spec.commandLine().getErr()::println);
      return Main.COULD_NOT;
    }
    handOn();
    if (DevMode.isOn()) {
      Quarkus.run();
    } else {
      Shutdown.runUntilStopped();
    }
    return 0;
  }

  /** A mistake is told here in a line, where the server would fail to start with a page. */
  private void checkOptions() {
    checkPort("--port", port);
    checkPort("--management-port", managementPort);
    kubeconfig.ifPresent(path -> checkReadable("--kubeconfig", path));
    settings.ifPresent(path -> checkReadable("--settings", path));
    auditFile.ifPresent(this::checkWritable);
    if (auditFileCount < 1) {
      throw refused("--audit-file-count: " + auditFileCount + " is too few: want 1 or more");
    }
    if (cluster.isPresent() && (context.isPresent() || kubeconfig.isPresent())) {
      throw refused("--cluster takes the picture from files: --context and --kubeconfig must go");
    }
    try {
      Hosts.with(hosts);
    } catch (IllegalArgumentException e) {
      throw refused("--host: " + e.getMessage());
    }
    try {
      Lifetimes _ = new Lifetimes(caLife.time(), leafLife.time(), overlap.time());
    } catch (IllegalArgumentException e) {
      throw refused("--ca-life, --leaf-life, --overlap: " + e.getMessage());
    }
  }

  /** What is wrong with the files that were given, a line each. */
  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    settings.ifPresent(path -> problems.addAll(SettingsText.problems(path)));
    cluster.ifPresentOrElse(
        path -> problems.addAll(ManifestPicture.problems(path)),
        () -> connection().ifPresent(problems::add));
    return problems;
  }

  private Optional<String> connection() {
    try {
      Connection.find(context, kubeconfig);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  private void checkPort(String option, int number) {
    if (number < 0 || number > LAST_PORT) {
      throw refused(
          "%s: %d is no port: want 0-%d, 0 for any free one".formatted(option, number, LAST_PORT));
    }
  }

  private void checkReadable(String option, Path path) {
    if (!Files.isReadable(path)) {
      throw refused("%s: %s can't be read".formatted(option, path));
    }
  }

  private void checkWritable(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    boolean writable =
        Files.exists(file)
            ? Files.isRegularFile(file) && Files.isWritable(file)
            : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    if (!writable) {
      throw refused("--audit-file: %s can't be written".formatted(file));
    }
  }

  private ParameterException refused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private void handOn() {
    set("cluster", cluster);
    set("context", context);
    set("kubeconfig", kubeconfig);
    set("port", Optional.of(port));
    set("management-port", Optional.of(managementPort));
    set("cert-dir", certDir);
    set("ca-out", caOut);
    set("host", Optional.of(String.join(",", hosts)).filter(names -> !names.isEmpty()));
    set("ca-life", Optional.of(caLife));
    set("leaf-life", Optional.of(leafLife));
    set("overlap", Optional.of(overlap));
    set("settings", settings);
    set("max-body", Optional.of(maxBody));
    set("drain", drain);
    set("audit-file", auditFile);
    set("audit-file-size", Optional.of(auditFileSize));
    set("audit-file-count", Optional.of(auditFileCount));
  }

  private static void set(String name, Optional<?> value) {
    value.ifPresent(given -> System.setProperty("portcullis." + name, given.toString()));
  }
}
