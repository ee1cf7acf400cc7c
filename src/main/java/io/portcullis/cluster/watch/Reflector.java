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
  private final Backoff backoff;
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
    this.backoff = new Backoff(pace.firstRetry(), pace.maxRetry(), random);
    this.slow = new Backoff(pace.firstRetry(), pace.slowRetry(), random);
  }

  @Override
  public void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long heard = bell.rings();
        Duration pause = cycle();
        if (feed.answered()) {
          Thread.sleep(pause);
        } else if (bell.rest(pause, heard)) {
          Thread.sleep(random.nextLong(pace.firstRetry().toMillis() + 1));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lists and watches until that ends. Gives the pause before the next try. */
  private Duration cycle() throws InterruptedException {
    long start = System.nanoTime();
    try {
      feed.keep();
      return pause(start);
    } catch (InterruptedIOException e) {
      throw (InterruptedException) new InterruptedException("told to stop").initCause(e);
    } catch (StatusException e) {
      return refused(e, start);
    } catch (IOException e) {
      LOG.debugf("%s: %s", source, e.getMessage());
      return broken(e, start);
    } catch (RuntimeException e) {
      LOG.errorf(e, "The watch of %s broke and starts over", source);
      feed.forget();
      return backoff.next();
    }
  }

  private Duration refused(StatusException e, long start) throws InterruptedException {
    LOG.debugf("%s: %s", source, e.getMessage());
    if (e.isExpired()) {
      feed.forget();
      return pause(start);
    }
    if (e.isForbidden() || e.isNotFound()) {
      report(e.isForbidden() ? new State.Forbidden(words(e)) : new State.NotServed());
      return slow.next();
    }
    report(new State.Failing(words(e)));
    Duration pause = pause(start);
    Duration wish = e.retryAfter().orElse(Duration.ZERO);
    return pause.compareTo(wish) > 0 ? pause : wish.plus(pause);
  }

  private Duration broken(IOException e, long start) throws InterruptedException {
    if (!feed.answered()) {
      report(new State.Unreachable(words(e)));
    } else if (backoff.failures() > 1) {
      // Once is how a connection ends; again and again is something to say.
      report(new State.Failing(words(e)));
    }
    return pause(start);
  }

  /** The pause before the next try; short again after a watch that lasted. */
  private Duration pause(long start) {
    if (feed.answered() && System.nanoTime() - start >= pace.steady().toNanos()) {
      backoff.reset();
      slow.reset();
    }
    return backoff.next();
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
