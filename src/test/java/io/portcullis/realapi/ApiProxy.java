package io.portcullis.realapi;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** Stands between a gate and the API server, and misbehaves when told to. */
final class ApiProxy implements AutoCloseable {
  private static final List<String> PASSED_ON = List.of("authorization", "accept", "content-type");

  /** What is done to a request. */
  sealed interface Fault {
    /** Nothing. */
    record None() implements Fault {}

    /** Answers that are under way stop, new ones are like always. */
    record SilentWatches() implements Fault {}

    /** The answer is this, with {@code Retry-After: 1}; watches that run are cut. */
    record Status(int code, boolean watchesOnly) implements Fault {}
  }

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .sslContext(Questions.trust())
          .build();
  private final Set<InputStream> watches = ConcurrentHashMap.newKeySet();
  private final Set<InputStream> silenced = ConcurrentHashMap.newKeySet();
  private final String upstream;
  private final HttpServer server;
  private volatile Fault fault = new Fault.None();

  ApiProxy(Plane plane) {
    upstream = "https://127.0.0.1:" + plane.option("apiserver_port");
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::pass);
    server.start();
  }

  /** A kubeconfig of the gate's account that leads here. */
  Path kubeconfig(Plane plane) {
    try {
      String through =
          Files.readString(plane.file("gate.kubeconfig"))
              .replaceFirst(
                  "server: .*", "server: http://127.0.0.1:" + server.getAddress().getPort())
              .replaceFirst(" +certificate-authority-data: .*\n", "");
      return Files.writeString(plane.file("proxied.kubeconfig"), through);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on this. */
  void is(Fault wanted) {
    fault = wanted;
    switch (wanted) {
      case Fault.None _ -> {}
      case Fault.SilentWatches _ -> silenced.addAll(watches);
      case Fault.Status _ -> cut();
    }
  }

  /** Ends the watches that run. */
  void cut() {
    watches.forEach(ApiProxy::closeQuietly);
  }

  private void pass(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    boolean watch = String.valueOf(uri.getQuery()).contains("watch=true");
    Optional<Integer> refused = refusal(watch);
    try (exchange) {
      if (refused.isPresent()) {
        refuse(exchange, refused.get());
      } else {
        forward(exchange, uri, watch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Integer> refusal(boolean watch) {
    return switch (fault) {
      case Fault.Status status when watch || !status.watchesOnly() -> Optional.of(status.code());
      case Fault.Status _, Fault.None _, Fault.SilentWatches _ -> Optional.empty();
    };
  }

  private static void refuse(HttpExchange exchange, int code) throws IOException {
    byte[] body =
        """
        {"kind":"Status","apiVersion":"v1","status":"Failure","message":"for a test","code":%d}
        """
            .formatted(code)
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("content-type", "application/json");
    exchange.getResponseHeaders().set("retry-after", "1");
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
  }

  private void forward(HttpExchange exchange, URI uri, boolean watch)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(upstream + uri.toASCIIString()))
            .method(
                exchange.getRequestMethod(),
                HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    for (String name : PASSED_ON) {
      Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
          .ifPresent(value -> request.header(name, value));
    }
    HttpResponse<InputStream> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = answer.body()) {
      if (watch) {
        watches.add(in);
      }
      answer
          .headers()
          .firstValue("content-type")
          .ifPresent(type -> exchange.getResponseHeaders().set("content-type", type));
      exchange.sendResponseHeaders(answer.statusCode(), 0);
      copy(in, exchange.getResponseBody());
    } finally {
      watches.remove(answer.body());
      silenced.remove(answer.body());
    }
  }

  private void copy(InputStream in, OutputStream out) throws IOException {
    byte[] part = new byte[16 * 1024];
    for (int read = in.read(part); read >= 0; read = in.read(part)) {
      if (!silenced.contains(in)) {
        out.write(part, 0, read);
        out.flush();
      }
    }
  }

  private static void closeQuietly(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      // It ended by itself.
      return;
    }
  }

  @Override
  public void close() {
    fault = new Fault.Status(503, false);
    cut();
    server.stop(0);
  }
}
