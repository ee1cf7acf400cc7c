package io.portcullis.admission;

import io.portcullis.proof.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Clients that ask one thing again and again, each after its last answer. */
final class Callers implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What came back, and how long it took. */
  record Answer(int status, String body, long millis) {}

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  Callers(String url) {
    this.url = url;
  }

  /** Lets so many clients begin. */
  Callers start(int count, String query, byte[] body) {
    for (int number = 0; number < count; number++) {
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                while (!stopped) {
                  answers.add(ask(query, body));
                }
              }));
    }
    return this;
  }

  /** Asks once. */
  Answer ask(String query, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + query))
            .timeout(PATIENCE)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    long begun = System.nanoTime();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
      return new Answer(answer.statusCode(), answer.body(), millis);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Returns once so many answers have come. */
  void await(int count) {
    Await.that(Duration.ofSeconds(90), count + " answers", () -> answers.size() >= count);
  }

  /** What has come so far. */
  List<Answer> answers() {
    return List.copyOf(answers);
  }

  /** {@code 500 answers, half within 2 ms, 99 of 100 within 20 ms}. */
  @Override
  public String toString() {
    List<Long> sorted = answers.stream().map(Answer::millis).sorted().toList();
    return "%d answers, half within %d ms, 99 of 100 within %d ms"
        .formatted(
            sorted.size(), sorted.get(sorted.size() / 2), sorted.get(sorted.size() * 99 / 100));
  }

  @Override
  public void close() {
    stop();
  }

  /** Returns once each has its last answer. */
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
}
