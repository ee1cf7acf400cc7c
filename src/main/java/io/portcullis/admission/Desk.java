package io.portcullis.admission;

import io.portcullis.judge.Deadline;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Has bodies judged, where they may take long by a bounded number of threads, and answers each at
 * its deadline if nobody else did. A rule that hangs holds a thread and nothing else; where all are
 * busy and the queue is full, a request is answered at once as one that there is no room for.
 */
public final class Desk implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger("portcullis.admission");

  /** Far more than processors: some of them may be held by a rule that hangs. */
  private static final int THREADS = 64;

  /** As many as are judged in a fraction of the shortest deadline. */
  private static final int QUEUE = 256;

  /** So many bytes are read in less time than another thread takes to wake up. */
  private static final int SMALL = 32 * 1024;

  private static final byte[] NOTHING = {};
  private static final Duration LAST_TURNS = Duration.ofSeconds(5);

  private final Gate gate;
  private final Books books;
  private final ThreadPoolExecutor judges;
  private final ScheduledThreadPoolExecutor alarms;
  private final ThreadPoolExecutor apologies;

  public Desk(Gate gate, Books books) {
    this(gate, books, THREADS, QUEUE);
  }

  /**
   * @param threads how many reviews are judged at the same time
   * @param queue how many more may wait
   */
  Desk(Gate gate, Books books, int threads, int queue) {
    this.gate = gate;
    this.books = books;
    judges = pool("portcullis-judge-", threads, new ArrayBlockingQueue<>(queue));
    // What waits for an apology holds its body, and of these there are only so many.
    apologies =
        pool(
            "portcullis-apology-",
            Runtime.getRuntime().availableProcessors(),
            new LinkedBlockingQueue<>());
    // Once it is closed whoever still comes is answered all the same.
    apologies.setRejectedExecutionHandler((task, closed) -> task.run());
    alarms =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform().daemon().name("portcullis-deadline").factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    alarms.setRemoveOnCancelPolicy(true);
    Future<?> _ = alarms.scheduleWithFixedDelay(books::tidy, 1, 1, TimeUnit.SECONDS);
  }

  private static ThreadPoolExecutor pool(
      String name, int threads, BlockingQueue<Runnable> waiting) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.MINUTES,
            waiting,
            Thread.ofPlatform().daemon().name(name, 0).factory());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * Takes a body, which is answered before the deadline. Never blocks: only a small one that quick
   * rules alone are asked about is judged right away.
   *
   * @param done run once the body is no longer held
   */
  void take(Webhook webhook, byte[] body, Deadline deadline, Reply reply, Runnable done) {
    Turn turn = new Turn(webhook, body, deadline, reply, done);
    if (body.length <= SMALL && turn.judgeAtOnce()) {
      return;
    }
    turn.alarm =
        alarms.schedule(
            () -> turn.apologize(Undecided.DEADLINE),
            deadline.left().toNanos(),
            TimeUnit.NANOSECONDS);
    try {
      judges.execute(turn.task);
    } catch (RejectedExecutionException e) {
      turn.apologize(Undecided.OVERLOAD);
    }
  }

  /** Answers a body of which only the beginning was kept, because there was no room. */
  void shed(Webhook webhook, byte[] beginning, Reply reply) {
    apologies.execute(() -> {
      switch (ReviewReader.readBeginning(beginning)) {
        case Malformed _ ->
            Refusals.SERVICE_UNAVAILABLE.send(reply, "there is no room for more: try again");
        case Review review -> {
          Outcome outcome = gate.undecided(webhook, review, Undecided.OVERLOAD);
          books.enter(webhook, outcome, Duration.ZERO);
          reply.send(200, Reply.REVIEW, ReviewWriter.review(outcome.answer()));
        }
      }
    });
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
    apologies.shutdown();
    books.close();
  }

  /** One request on its way; whoever claims it first answers it. */
  private final class Turn {
    private final Webhook webhook;
    private final Deadline deadline;
    private final Reply reply;
    private final Runnable done;
    private final long begun = System.nanoTime();
    private final AtomicBoolean answered = new AtomicBoolean();
    private final FutureTask<?> task = new FutureTask<>(this::judge, null);

    /** Until it is answered: a rule that hangs must not hold it. */
    private volatile byte[] body;

    private volatile @Nullable Reading reading;
    private volatile @Nullable Future<?> alarm;

    Turn(Webhook webhook, byte[] body, Deadline deadline, Reply reply, Runnable done) {
      this.webhook = webhook;
      this.body = body;
      this.deadline = deadline;
      this.reply = reply;
      this.done = done;
    }

    /** Whether it is answered. */
    boolean judgeAtOnce() {
      try {
        switch (read(body)) {
          case Malformed malformed -> refuse(malformed);
          case Review review -> gate.decideAtOnce(webhook, review).ifPresent(this::answer);
        }
      } catch (RuntimeException | Error e) {
        LOG.error("A review could not be judged", e);
        giveUp(Undecided.INTERNAL);
      }
      return answered.get();
    }

    void judge() {
      byte[] whole = body;
      if (answered.get()) {
        return;
      }
      try {
        switch (read(whole)) {
          case Malformed malformed -> refuse(malformed);
          case Review review -> answer(gate.decide(webhook, review, deadline));
        }
      } catch (RuntimeException | Error e) {
        LOG.error("A review could not be judged", e);
        giveUp(Undecided.INTERNAL);
      }
    }

    /** Reads it once, however often it is judged. */
    private Reading read(byte[] whole) {
      Reading known = reading;
      if (known == null) {
        known = ReviewReader.read(whole);
        reading = known;
      }
      return known;
    }

    /** On other threads than the one that hears the alarms: a large body takes a while to read. */
    void apologize(Undecided why) {
      apologies.execute(() -> {
        giveUp(why);
        judges.remove(task);
        task.cancel(true);
      });
    }

    private void giveUp(Undecided why) {
      byte[] whole = body;
      if (answered.get()) {
        return;
      }
      Reading known = reading;
      switch (known == null ? ReviewReader.readEnvelope(whole) : known) {
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
      body = NOTHING;
      done.run();
      Future<?> bell = alarm;
      if (bell != null) {
        bell.cancel(false);
      }
      return true;
    }
  }
}
