package io.portcullis.realapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.portcullis.proof.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A gate of its own process on free ports, beside the one that the plane runs. */
final class Replica implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final Path audit;
  private final int port;
  private final int managementPort;

  private Replica(Process process, Path audit, int port, int managementPort) {
    this.process = process;
    this.audit = audit;
    this.port = port;
    this.managementPort = managementPort;
  }

  /** Starts one and returns at once. Its logs are named after it, in the plane's state. */
  static Replica launch(
      Plane plane, String name, Path kubeconfig, Map<String, String> environment, String... more) {
    int port = freePort();
    int managementPort = freePort();
    Path audit = plane.file("audit-" + name + ".log");
    List<String> command = new ArrayList<>(Plane.program());
    command.addAll(List.of("serve", "--kubeconfig", kubeconfig.toString()));
    command.addAll(List.of("--port", Integer.toString(port)));
    command.addAll(List.of("--management-port", Integer.toString(managementPort)));
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
    builder.environment().put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
    builder.environment().putAll(environment);
    builder.redirectOutput(audit.toFile());
    builder.redirectError(plane.file(name + ".log").toFile());
    try {
      return new Replica(builder.start(), audit, port, managementPort);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns once it is ready. */
  Replica awaitReady() {
    Await.that("the replica on port " + port + " is ready", this::isReady);
    return this;
  }

  boolean isReady() {
    return status("/q/health/ready") == 200;
  }

  /** The port of its webhook. */
  int port() {
    return port;
  }

  String management(String path) {
    return get(path).body();
  }

  /** What is told on a path of the management port; 0 where nobody answers. */
  int status(String path) {
    return get(path).status();
  }

  private record Told(int status, String body) {}

  private Told get(String path) {
    URI uri = URI.create("http://127.0.0.1:" + managementPort + path);
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofString());
      return new Told(answer.statusCode(), answer.body());
    } catch (IOException e) {
      return new Told(0, "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Told(0, "");
    }
  }

  /** A metric as {@link Plane#metric} gives it. */
  double metric(String series) {
    return Plane.metric(management("/q/metrics"), series);
  }

  /** Tells it to stop, as a kubelet does. */
  void terminate() {
    process.destroy();
  }

  /** How it ended. */
  int awaitEnd() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("the replica on port " + port + " does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return process.exitValue();
  }

  /** Its audit records, oldest first. */
  Stream<JsonNode> records() {
    return Plane.jsonLines(audit);
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      terminate();
      awaitEnd();
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
