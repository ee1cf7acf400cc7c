package io.portcullis.admission;

import io.portcullis.judge.Deadline;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Has bodies judged by a few threads, and answers each at its deadline if nobody else did. A rule
 * that hangs holds one of the threads and nothing else; where all are busy and the queue is full, a
 * request is answered at once as one that there is no time for.
 */
public final class Desk implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("portcullis.admission");
  private static final int QUEUE = 1024;
  private static final Duration LAST_TURNS = Duration.ofSeconds(5);

  private final Gate gate;
  private final Books books;
  private final ThreadPoolExecutor judges;
  private final ScheduledThreadPoolExecutor alarms;

  public Desk(Gate gate, Books books) {
    this(gate, books, Math.max(8, 4 * Runtime.getRuntime().availableProcessors()), QUEUE);
  }

  /**
   * @param threads how many reviews are judged at the same time
   * @param queue how many more may wait
   */
  Desk(Gate gate, Books books, int threads, int queue) {
    this.gate = gate;
    this.books = books;
    judges =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(queue),
            Thread.ofPlatform().daemon().name("portcullis-judge-", 0).factory());
    judges.allowCoreThreadTimeOut(true);
    alarms =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("portcullis-deadline").factory());
    alarms.setRemoveOnCancelPolicy(true);
  }

  /** Takes a body, which is answered before the time is over. Never blocks. */
  void take(Webhook webhook, byte[] body, Duration time, Reply reply) {
    Turn turn = new Turn(webhook, body, Deadline.in(time, System::nanoTime), reply);
    turn.alarm.set(
        alarms.schedule(
            () -> turn.giveUp(Undecided.DEADLINE), time.toNanos(), TimeUnit.NANOSECONDS));
    try {
      judges.execute(turn::judge);
    } catch (RejectedExecutionException e) {
      alarms.execute(() -> turn.giveUp(Undecided.DEADLINE));
    }
  }

  /** Finishes the turns that were begun. */
  @Override
  public void close() {
    judges.shutdown();
    try {
      boolean _ = judges.awaitTermination(LAST_TURNS.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    alarms.shutdownNow();
  }

  /** One request on its way; whoever claims it first answers it. */
  private final class Turn {
    private final Webhook webhook;
    private final byte[] body;
    private final Deadline deadline;
    private final Reply reply;
    private final long begun = System.nanoTime();
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicReference<@Nullable Reading> reading = new AtomicReference<>();
    private final AtomicReference<@Nullable Future<?>> alarm = new AtomicReference<>();

    Turn(Webhook webhook, byte[] body, Deadline deadline, Reply reply) {
      this.webhook = webhook;
      this.body = body;
      this.deadline = deadline;
      this.reply = reply;
    }

    void judge() {
      if (answered.get()) {
        return;
      }
      try {
        Reading read = ReviewReader.read(body);
        reading.set(read);
        switch (read) {
          case Malformed malformed -> refuse(malformed);
          case Review review -> answer(gate.decide(webhook, review, deadline));
        }
      } catch (RuntimeException | Error e) {
        LOG.error("A review could not be judged", e);
        giveUp(Undecided.INTERNAL);
      }
    }

    void giveUp(Undecided why) {
      if (answered.get()) {
        return;
      }
      Reading known = reading.get();
      switch (known == null ? ReviewReader.readEnvelope(body) : known) {
        case Malformed malformed -> refuse(malformed);
        case Review review -> answer(gate.undecided(webhook, review, why));
      }
    }

    private void answer(Outcome outcome) {
      if (claim()) {
        books.enter(webhook, outcome, Duration.ofNanos(System.nanoTime() - begun));
        reply.send(200, Reply.REVIEW, ReviewWriter.review(outcome.answer()));
      }
    }

    private void refuse(Malformed malformed) {
      if (claim()) {
        Refusals.BAD_REQUEST.send(reply, malformed.detail());
      }
    }

    private boolean claim() {
      if (!answered.compareAndSet(false, true)) {
        return false;
      }
      Future<?> bell = alarm.get();
      if (bell != null) {
        bell.cancel(false);
      }
      return true;
    }
  }
}
