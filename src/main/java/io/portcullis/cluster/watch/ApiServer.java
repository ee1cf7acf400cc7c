package io.portcullis.cluster.watch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Reads from an API server: GET requests whose JSON answers are parsed as they come. Safe for any
 * number of threads. Requests are tried once; who calls knows better when to try again.
 */
final class ApiServer {
  private static final Logger LOG = Logger.getLogger("portcullis.watch");

  /** What the API server sends where nothing else is asked for. */
  static final String JSON = "application/json";

  /**
   * Names of fields are not interned in the JVM's own table: managed fields carry uids in theirs.
   */
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private static final int LONGEST_RETRY_AFTER = 300;

  private final HttpClient http;
  private final String url;

  /** The API server of a client, over whose connections it reads. */
  ApiServer(KubernetesClient client) {
    RequestConfig config = Connection.once(client.getConfiguration().getRequestConfig());
    this.http = client.getHttpClient().newBuilder().tag(config).build();
    this.url = client.getMasterUrl().toString().replaceFirst("/+$", "");
  }

  /** Where it is. */
  String url() {
    return url;
  }

  /**
   * Begins to read an answer, to be parsed as it comes. Closing it ends it.
   *
   * @throws StatusException where the server answers with anything but success
   * @throws IOException where it can't be reached, or does not answer in time
   */
  ByteStream get(String path, Map<String, String> query, String accept, Patience patience)
      throws IOException {
    ByteStream bytes = new ByteStream(patience);
    HttpRequest request =
        http.newHttpRequestBuilder()
            .uri(url + path + query(query))
            .setHeader("Accept", accept)
            .forStreaming()
            .build();
    HttpResponse<AsyncBody> response = await(send(request, bytes), patience);
    bytes.open(response.body());
    if (!response.isSuccessful()) {
      throw refusal(response, bytes);
    }
    return bytes;
  }

  private CompletableFuture<HttpResponse<AsyncBody>> send(HttpRequest request, ByteStream bytes)
      throws IOException {
    try {
      return http.consumeBytes(request, bytes);
    } catch (IllegalStateException e) {
      throw new IOException("the client is closed", e);
    }
  }

  /** Parses an answer; waits for its first bytes. */
  static JsonParser parse(ByteStream answer) throws IOException {
    return new SharingParser(FACTORY.createParser(answer));
  }

  /**
   * Reads the end of an answer, so that its connection can be used again: one that is left in the
   * middle of an answer is closed.
   */
  static void finish(JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw new IOException("the answer does not end where it should");
    }
  }

  private static String query(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(each ->
            each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&", parameters.isEmpty() ? "" : "?", ""));
  }

  private static <T> T await(CompletableFuture<T> answer, Patience patience) throws IOException {
    try {
      return answer.get(patience.toBegin(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw (IOException) new SilentException("no answer in time").initCause(e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    } catch (ExecutionException e) {
      throw new IOException(words(e), e);
    }
  }

  private static String words(ExecutionException e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private static StatusException refusal(HttpResponse<?> response, ByteStream bytes) {
    String message = "";
    try (bytes;
        JsonParser parser = parse(bytes)) {
      parser.nextToken();
      message = Status.read(parser).message();
      finish(parser);
    } catch (IOException e) {
      // A proxy's page, or nothing: the status says enough.
      LOG.debugf("%s: %s", response.code(), e.getMessage());
    }
    return new StatusException(response.code(), message, retryAfter(response));
  }

  private static Optional<Duration> retryAfter(HttpResponse<?> response) {
    List<String> values = response.headers("Retry-After");
    return values.stream()
        .filter(value -> value.matches("[0-9]{1,9}"))
        .map(value -> Duration.ofSeconds(Math.min(Long.parseLong(value), LONGEST_RETRY_AFTER)))
        .findFirst();
  }
}
