package io.portcullis.cluster.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration MOST = Duration.ofSeconds(1);

  /** Random numbers that are as large as they may be. */
  private static final RandomGenerator LARGEST =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          return 0;
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }
      };

  @Test
  void theBoundDoublesUpToTheMost() {
    Backoff backoff = new Backoff(FIRST, MOST, LARGEST);

    assertThat(IntStream.range(0, 7).mapToObj(_ -> backoff.next().toMillis()))
        .containsExactly(100L, 200L, 400L, 800L, 1_000L, 1_000L, 1_000L);
  }

  @Test
  void aSuccessBeginsItAnew() {
    Backoff backoff = new Backoff(FIRST, MOST, LARGEST);
    IntStream.range(0, 5).forEach(_ -> backoff.next());

    backoff.reset();

    assertThat(backoff.next()).isEqualTo(FIRST);
  }

  @Test
  void anyNumberOfFailuresStaysInBounds() {
    Backoff backoff = new Backoff(FIRST, MOST, new Random(1));

    assertThat(IntStream.range(0, 10_000).mapToObj(_ -> backoff.next()))
        .allMatch(pause -> pause.isPositive() && pause.compareTo(MOST) <= 0);
  }
}
