package io.portcullis.cluster.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.portcullis.cluster.watch.News.State;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Keeps one source for as long as its thread is not interrupted: asks the feed to go on, whatever
 * it ended with, after a pause that suits what it ended with.
 */
final class Reflector implements Runnable {
  private static final Logger LOG = Logger.getLogger("portcullis.watch");

  private final Source source;
  private final Pace pace;
  private final Feed.Outlet outlet;
  private final Bell bell;
  private final RandomGenerator random;
  private final Feed feed;
  private final Backoff outage;
  private final Backoff failures;
  private final Backoff slow;

  /** Keeps the source of a server; rests at the bell while that can't be reached. */
  Reflector(
      Source source,
      ApiServer server,
      Pace pace,
      Bell bell,
      RandomGenerator random,
      Feed.Outlet outlet) {
    this.source = source;
    this.pace = pace;
    this.bell = bell;
    this.random = random;
    this.outlet = outlet;
    this.feed = new Feed(source, server, pace, random, outlet);
    this.outage = new Backoff(pace.firstRetry(), pace.maxRetry(), random);
    this.failures = new Backoff(pace.firstRetry(), pace.maxRetry(), random);
    this.slow = new Backoff(pace.firstRetry(), pace.slowRetry(), random);
  }

  /**
   * What comes before the next try.
   *
   * @param atBell whether the bell ends it
   */
  private record Rest(Duration time, boolean atBell) {}

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long heard = bell.rings();
        rest(cycle(), heard);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void rest(Rest rest, long heard) throws InterruptedException {
    if (!rest.atBell()) {
      Thread.sleep(rest.time());
    } else if (bell.rest(rest.time(), heard)) {
      // Not everybody at once.
      Thread.sleep(random.nextLong(pace.firstRetry().toMillis() + 1));
    }
  }

  /** Lists and watches until that ends. */
  private Rest cycle() throws InterruptedException {
    long start = System.nanoTime();
    try {
      feed.keep();
      return ended(start);
    } catch (InterruptedIOException e) {
      throw (InterruptedException) new InterruptedException("told to stop").initCause(e);
    } catch (StatusException e) {
      LOG.debugf("%s: %s", source, e.getMessage());
      return refused(e, start);
    } catch (IOException e) {
      LOG.debugf("%s: %s", source, e.getMessage());
      return feed.answered() ? broken(e, start) : unreachable(e);
    } catch (RuntimeException e) {
      LOG.errorf(e, "The watch of %s broke and starts over", source);
      feed.forget();
      return ended(start);
    }
  }

  private Rest refused(StatusException e, long start) throws InterruptedException {
    if (e.isExpired()) {
      feed.forget();
      return ended(start);
    }
    if (e.isNotFound()) {
      report(new State.NotServed());
      return new Rest(slow.next(), false);
    }
    if (e.isForbidden()) {
      if (slow.failures() > 0) {
        // Once is how a server says no while it has not read its roles yet.
        report(new State.Forbidden(words(e)));
      }
      return new Rest(slow.next(), false);
    }
    report(new State.Failing(words(e)));
    Duration wish = e.retryAfter().orElse(Duration.ZERO);
    return new Rest(wish.plus(ended(start).time()), false);
  }

  private Rest broken(IOException e, long start) throws InterruptedException {
    if (failures.failures() > 1) {
      // Once is how a connection ends; again and again is something to say.
      report(new State.Failing(words(e)));
    }
    return ended(start);
  }

  /** An outage has pauses of its own: when it ends they must not hold up what comes then. */
  private Rest unreachable(IOException e) throws InterruptedException {
    if (outage.failures() > 0) {
      // Once is how a server says farewell to a connection; the next try comes at once.
      report(new State.Unreachable(words(e)));
    }
    return new Rest(outage.next(), true);
  }

  /** After an answer, good or bad. After one that lasted the next pause is a short one. */
  private Rest ended(long start) {
    outage.reset();
    if (System.nanoTime() - start >= pace.steady().toNanos()) {
      failures.reset();
      slow.reset();
    }
    return new Rest(failures.next(), false);
  }

  private void report(State state) throws InterruptedException {
    outlet.tell(new News.Trouble(source, state));
  }

  private static String words(IOException e) {
    if (e instanceof JsonProcessingException bad) {
      return "the answer is broken JSON: " + bad.getOriginalMessage();
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
