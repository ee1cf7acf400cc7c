package io.portcullis.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.admission.Reviews;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

/** Whatever comes, each request is answered, and with no 5xx. */
@QuarkusTest
@TestProfile(EdgeProfile.class)
class MutatedReviewsTest {
  private static final int CONNECTIONS = 4;
  private static final int REVIEWS_EACH = 2_500;
  private static final long SEED = Long.getLong("portcullis.seed", 20_261_123L);

  @Test
  void tenThousandMutatedReviewsAreAnswered() throws InterruptedException, ExecutionException {
    System.out.println("mutated reviews: seed " + SEED + " (-Dportcullis.seed=...)");
    SSLSocketFactory factory = Caller.trust().getSocketFactory();
    Map<Integer, Integer> statuses = new TreeMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Callable<Map<Integer, Integer>>> runs = new ArrayList<>();
      for (int connection = 0; connection < CONNECTIONS; connection++) {
        long seed = SEED + connection;
        runs.add(() -> run(factory, seed));
      }
      for (Future<Map<Integer, Integer>> run : threads.invokeAll(runs)) {
        run.get().forEach((status, count) -> statuses.merge(status, count, Integer::sum));
      }
    }
    System.out.println("mutated reviews: answers by status " + statuses);
    assertThat(statuses.keySet()).containsExactlyInAnyOrder(200, 400);
    assertThat(statuses.values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(CONNECTIONS * REVIEWS_EACH);
  }

  private static Map<Integer, Integer> run(SSLSocketFactory factory, long seed) throws IOException {
    Random random = new Random(seed);
    Mutator mutator = new Mutator(random);
    Map<Integer, Integer> statuses = new TreeMap<>();
    try (RawConnection connection = new RawConnection(factory)) {
      for (int i = 0; i < REVIEWS_EACH; i++) {
        String name = Reviews.all().get(random.nextInt(Reviews.all().size()));
        String path = random.nextBoolean() ? "/validate?timeout=30s" : "/mutate?timeout=30s";
        RawConnection.Answer answer = connection.post(path, mutator.mutate(Reviews.bytes(name)));
        assertThat(answer.body())
            .as("seed %d, review %d (%s)", seed, i, name)
            .contains(answer.status() == 200 ? "\"allowed\":" : "\"detail\":")
            .doesNotContain("[internal]")
            .doesNotContain("this rule broke");
        statuses.merge(answer.status(), 1, Integer::sum);
      }
    }
    return statuses;
  }
}
