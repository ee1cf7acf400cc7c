package io.portcullis.realapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.portcullis.cluster.watch.Connection;
import io.portcullis.proof.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A control plane of {@code k8s/local}, in a state of its own. */
final class Plane implements AutoCloseable {
  private static final Path LOCAL = Path.of("k8s/local").toAbsolutePath();
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Path SETTINGS = Path.of("src/test/resources/realapi/settings.yaml");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path state;

  private Plane(Path state) {
    this.state = state;
  }

  /** Builds the programs that are missing; empty where all are there, else why not. */
  static Optional<String> whatIsMissing() {
    try {
      Process binaries =
          new ProcessBuilder(LOCAL.resolve("binaries").toString())
              .redirectErrorStream(true)
              .start();
      // Building takes minutes: its progress is shown as it comes.
      binaries.inputReader().lines().forEach(System.out::println);
      return binaries.waitFor() == 0
          ? Optional.empty()
          : Optional.of("k8s/local/binaries could not find or build the control plane: run it");
    } catch (IOException e) {
      return Optional.of("k8s/local/binaries could not be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  /** With the gate in front of it. */
  static Plane up() {
    List<String> options = new ArrayList<>(List.of("--settings", SETTINGS.toString()));
    if (Boolean.getBoolean("portcullis.native")) {
      options.add("--native");
    }
    return up("real-api", options);
  }

  /** Without the gate and without anything of ours in it; the state is {@code target/NAME}. */
  static Plane bare(String name) {
    return up(name, List.of("--no-gate"));
  }

  private static Plane up(String name, List<String> options) {
    Plane plane = new Plane(TARGET.resolve(name));
    List<String> command =
        Stream.concat(Stream.of(LOCAL.resolve("up").toString(), "--controllers"), options.stream())
            .toList();
    Shell.Result up = Shell.run(Duration.ofMinutes(5), plane.environment(), "", command);
    if (up.exit() != 0) {
      throw new AssertionError("the plane did not come up: " + up.output());
    }
    return plane;
  }

  @Override
  public void close() {
    local("down");
  }

  /** Stops a process of the plane: {@code gate}, {@code apiserver}... */
  void stop(String process) {
    local("plane", "stop", process);
  }

  /** Starts it again and waits until it is ready. */
  void start(String process) {
    local("plane", "start", process);
  }

  /**
   * Starts a gate in the place of the one that is stopped: the same ports and account, but it keeps
   * its certificate itself.
   */
  Process gate(String... options) {
    List<String> command =
        Stream.of(
                program().stream(),
                Stream.of("serve", "--kubeconfig", state.resolve("gate.kubeconfig").toString()),
                Stream.of("--port", option("gate_port")),
                Stream.of("--management-port", option("management_port")),
                Stream.of(options))
            .flatMap(part -> part)
            .toList();
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
    builder.environment().put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(state.resolve("portcullis-own-certificate.log").toFile());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs our program with a text as its input, and the administrator's kubeconfig. */
  Shell.Result portcullis(String input, String... arguments) {
    List<String> command = Stream.concat(program().stream(), Stream.of(arguments)).toList();
    Map<String, String> environment = Map.of("KUBECONFIG", state.resolve("kubeconfig").toString());
    return Shell.run(MINUTE, environment, input, command);
  }

  /** What runs the program. */
  static List<String> program() {
    if (Boolean.getBoolean("portcullis.native")) {
      return List.of(System.getProperty("native.image.path"));
    }
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-jar",
        TARGET.resolve("quarkus-app/quarkus-run.jar").toString());
  }

  /** A client that is the administrator. */
  KubernetesClient client() {
    return Connection.open(Optional.empty(), Optional.of(state.resolve("kubeconfig")));
  }

  private void local(String script, String... arguments) {
    List<String> command =
        Stream.concat(Stream.of(LOCAL.resolve(script).toString()), Stream.of(arguments)).toList();
    Shell.Result result = Shell.run(Duration.ofMinutes(2), environment(), "", command);
    if (result.exit() != 0) {
      throw new AssertionError(command + " failed: " + result.output());
    }
  }

  private Map<String, String> environment() {
    return Map.of("PORTCULLIS_LOCAL_STATE", state.toString());
  }

  /** Runs kubectl as the administrator. */
  Shell.Result kubectl(String... arguments) {
    return kubectlWith("", arguments);
  }

  /** Runs kubectl with a manifest as its input, for {@code apply -f -}. */
  Shell.Result kubectlWith(String input, String... arguments) {
    List<String> command =
        Stream.concat(
                Stream.of(
                    state.resolve("bin/kubectl").toString(),
                    "--kubeconfig",
                    state.resolve("kubeconfig").toString()),
                Stream.of(arguments))
            .toList();
    return Shell.run(MINUTE, Map.of(), input, command);
  }

  /** Runs kubectl and fails where it fails; what it printed. */
  String must(String... arguments) {
    return mustWith("", arguments);
  }

  /** Applies a manifest and fails where it is refused; what kubectl printed. */
  String apply(String manifest) {
    return mustWith(manifest, "apply", "-f", "-");
  }

  /** The same with a manifest as its input. */
  String mustWith(String input, String... arguments) {
    Shell.Result result = kubectlWith(input, arguments);
    if (result.exit() != 0) {
      throw new AssertionError(
          "kubectl " + String.join(" ", arguments) + " failed: " + result.output());
    }
    return result.output();
  }

  /** Makes a namespace of its own for a test. */
  void namespace(String name, String... labels) {
    must("create", "namespace", name);
    if (labels.length > 0) {
      must(
          Stream.concat(Stream.of("label", "namespace", name), Stream.of(labels))
              .toArray(String[]::new));
    }
    awaitInPicture("Namespace", "namespaces", name, "");
    Await.that(
        "namespace " + name + " has its ServiceAccount",
        () -> kubectl("-n", name, "get", "serviceaccount", "default").exit() == 0);
  }

  /** Returns once the gate's picture has seen the object as it is stored now. */
  void awaitInPicture(String kind, String resource, String name, String namespace) {
    String version =
        namespace.isEmpty()
            ? must("get", resource, name, "-o", "jsonpath={.metadata.resourceVersion}")
            : must(
                "-n",
                namespace,
                "get",
                resource,
                name,
                "-o",
                "jsonpath={.metadata.resourceVersion}");
    double wanted = Double.parseDouble(version.strip());
    Await.that(
        "the picture has seen " + kind + " " + name,
        () -> metric("portcullis_picture_version{kind=\"" + kind + "\"}") >= wanted);
  }

  /** A metric of the gate by its name and labels as Prometheus prints them; 0 where it has none. */
  double metric(String series) {
    return metric(management("/q/metrics"), series);
  }

  static double metric(String page, String series) {
    return page.lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  /** What the gate's management port says on a path; empty where nobody answers. */
  String management(String path) {
    try {
      String uri = "http://127.0.0.1:" + option("management_port") + path;
      return http.send(
              HttpRequest.newBuilder(URI.create(uri)).timeout(MINUTE).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /** A file of its state. */
  Path file(String name) {
    return state.resolve(name);
  }

  /** A port or an option that it was started with, as {@code run/options} names it. */
  String option(String name) {
    return lines("run/options")
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  /** The gate's audit records, oldest first. */
  Stream<JsonNode> records() {
    return jsonLines(file("audit-portcullis.log"));
  }

  /** The API server's own audit events, oldest first. */
  Stream<JsonNode> events() {
    return jsonLines(file("audit.log"));
  }

  /** The objects of a file with one a line; a line that is being written is left out. */
  static Stream<JsonNode> jsonLines(Path file) {
    try {
      String text = Files.readString(file);
      return text.substring(0, text.lastIndexOf('\n') + 1)
          .lines()
          .filter(line -> !line.isBlank())
          .map(Plane::json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream<String> lines(String file) {
    try {
      return Files.readAllLines(state.resolve(file)).stream().filter(line -> !line.isBlank());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException("no JSON: " + line, e);
    }
  }
}
