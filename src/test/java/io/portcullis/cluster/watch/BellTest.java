package io.portcullis.cluster.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BellTest {
  private static final Duration FOR_EVER = Duration.ofDays(1);
  private static final Executor THREADS = Thread::startVirtualThread;

  private final Bell bell = new Bell();

  @Test
  void aRingWakesWhoRests() throws Exception {
    CompletableFuture<Boolean> first = resting(bell.rings());
    CompletableFuture<Boolean> second = resting(bell.rings());

    bell.ring();

    assertThat(first.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(second.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aRingThatCameWhileOneWasTryingIsNotMissed() throws Exception {
    long heard = bell.rings();
    bell.ring();

    assertThat(resting(heard).get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void withoutARingTheTimeIsOverAtSomeTime() throws Exception {
    assertThat(bell.rest(Duration.ofMillis(1), bell.rings())).isFalse();
  }

  private CompletableFuture<Boolean> resting(long heard) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return bell.rest(FOR_EVER, heard);
          } catch (InterruptedException e) {
            throw new CompletionException(e);
          }
        },
        THREADS);
  }
}
