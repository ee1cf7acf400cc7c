package io.portcullis.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portcullis.proof.Await;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FenceTest {
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger inside = new AtomicInteger();
  private final CountDownLatch released = new CountDownLatch(1);
  private final Fence fence = new Fence(nanos::get);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void release() {
    released.countDown();
    threads.close();
  }

  @Test
  void aRuleInWhichManyAreStuckIsPassedOverAndTheOthersAreNot() {
    hang(Fence.MOST_STUCK);
    nanos.addAndGet(Fence.STUCK.toNanos());
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> fence.ask("hangs", () -> 1))
        .withMessage("hangs in other requests");
    assertThat(fence.ask("another", () -> 1)).isEqualTo(1);
  }

  @Test
  void manyWhoHaveJustComeAreNoReason() {
    hang(Fence.MOST - 1);
    nanos.addAndGet(Fence.STUCK.toNanos() - 1);
    assertThat(fence.ask("hangs", () -> 1)).isEqualTo(1);
  }

  @Test
  void aFewWhoAreStuckAreNoReason() {
    hang(Fence.MOST_STUCK - 1);
    nanos.addAndGet(Fence.STUCK.toNanos());
    assertThat(fence.ask("hangs", () -> 1)).isEqualTo(1);
  }

  @Test
  void whenItIsFullItIsPassedOverAfterAWhile() {
    hang(Fence.MOST);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> fence.ask("hangs", () -> 1));
    assertThat(fence.ask("another", () -> 1)).isEqualTo(1);
  }

  @Test
  void onceTheyHaveReturnedItIsAskedAgain() {
    hang(Fence.MOST_STUCK);
    nanos.addAndGet(Fence.STUCK.toNanos());
    released.countDown();
    Await.that("all have returned", () -> inside.get() == 0);
    Await.that("it is asked", () -> fence.ask("another", () -> true) && asked());
  }

  private boolean asked() {
    try {
      return fence.ask("hangs", () -> true);
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private void hang(int count) {
    for (int number = 0; number < count; number++) {
      Future<?> _ = threads.submit(() -> fence.ask("hangs", this::stay));
    }
    Await.that("they are in", () -> inside.get() == count);
  }

  private int stay() {
    inside.incrementAndGet();
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return inside.decrementAndGet();
  }
}
