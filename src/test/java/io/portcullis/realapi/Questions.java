package io.portcullis.realapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.portcullis.proof.Await;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Puts reviews to a gate directly, where the API server can't because it is what is broken, and
 * keeps what came back.
 */
final class Questions implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** An answer. */
  record Answer(Asked asked, int status, String body, long millis) {
    boolean denied() {
      return body.contains("\"allowed\":false");
    }
  }

  /** The certificate is what other tests look at. */
  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PATIENCE)
          .sslContext(trust())
          .build();
  private final String url;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  Questions(int port) {
    this.url = "https://localhost:" + port + "/validate?timeout=10s";
  }

  static SSLContext trust() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anybody()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets each of these be asked over and over. */
  @SafeVarargs
  final Questions start(Supplier<Asked>... kinds) {
    for (Supplier<Asked> kind : kinds) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                while (!stopped) {
                  keep(kind.get());
                }
              }));
    }
    return this;
  }

  private void keep(Asked asked) {
    try {
      ask(asked);
    } catch (ConnectException e) {
      // Nobody is there any more: nothing was asked.
      stopped = true;
    } catch (IOException e) {
      failures.add(String.valueOf(e));
    }
  }

  /** Asks once. */
  Answer ask(Asked asked) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(PATIENCE)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(asked.body()))
            .build();
    long begun = System.nanoTime();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
      Answer answer = new Answer(asked, response.statusCode(), response.body(), millis);
      answers.put(asked.uid(), answer);
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Returns once so many more answers have come. */
  void await(int more) {
    int wanted = answers.size() + more;
    Await.that(more + " more answers", () -> stopped || answers.size() >= wanted);
  }

  int count() {
    return answers.size();
  }

  long denied() {
    return answers.values().stream().filter(Answer::denied).count();
  }

  void stop() {
    stopped = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    stop();
  }

  /**
   * Stops, and checks that each question was answered, nothing right was refused and nothing wrong
   * let in, and that each denial is once in the log.
   */
  Questions check(Supplier<Stream<JsonNode>> records) {
    stop();
    assertThat(failures).as("questions without an answer").isEmpty();
    assertThat(answers.values()).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
    assertThat(answers.values().stream().filter(answer -> answer.asked().right()))
        .as("false denials")
        .noneMatch(Answer::denied);
    assertThat(answers.values().stream().filter(answer -> answer.asked().wrong()))
        .as("missing denials")
        .allMatch(Answer::denied);
    Await.that(
        "every denial is in the log", () -> denials(records).keySet().containsAll(deniedUids()));
    assertThat(denials(records).values())
        .as("times that a denial is in the log")
        .allMatch(n -> n == 1);
    return this;
  }

  private List<String> deniedUids() {
    return answers.values().stream()
        .filter(Answer::denied)
        .map(answer -> answer.asked().uid())
        .toList();
  }

  private static Map<String, Long> denials(Supplier<Stream<JsonNode>> records) {
    return records
        .get()
        .filter(line -> line.path("verdict").asText().equals("deny"))
        .map(line -> line.path("uid").asText())
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  /** {@code 1200 reviews, 600 denied, the slowest 40 ms}. */
  @Override
  public String toString() {
    long slowest = answers.values().stream().mapToLong(Answer::millis).max().orElse(0);
    return "%d reviews, %d denied, none falsely, each once in the log, the slowest %d ms"
        .formatted(count(), denied(), slowest);
  }
}
