package io.portcullis.cluster.watch;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Picture;
import io.portcullis.cluster.watch.News.State;
import io.portcullis.kube.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The picture of a cluster as its API server tells it. One reflector for each source, one writer
 * for all of them; readers get what was last published and never wait.
 *
 * <p>Once ready it stays so: while the API server is away the last picture is the best there is,
 * and denials are confirmed live.
 */
public final class LivePicture implements Picture, AutoCloseable {
  private static final Logger LOG = Logger.getLogger("portcullis.watch");

  /** What waits for the writer at most; past that reflectors wait, and then their servers. */
  private static final int QUEUE = 1_024;

  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

  /** What readers see: it belongs together. */
  private record Published(Cluster cluster, Map<Source, Standing> standings) {}

  private final ApiServer server;
  private final List<Source> sources;
  private final Pace pace;
  private final BlockingQueue<News> queue = new ArrayBlockingQueue<>(QUEUE);
  private final CountDownLatch ready = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();
  private final Ledger ledger = new Ledger();
  private final Map<Source, Standing> standings = new LinkedHashMap<>();
  private final Bell bell = new Bell();
  private final Journal journal;
  private volatile Published published;

  /** The picture of the cluster of a client, which stays the caller's to close. */
  public LivePicture(KubernetesClient client, Pace pace) {
    this(client, pace, Source.all());
  }

  LivePicture(KubernetesClient client, Pace pace, List<Source> sources) {
    this.server = new ApiServer(client);
    this.sources = sources;
    this.pace = pace;
    this.journal = new Journal(server.url(), bell);
    sources.forEach(source -> standings.put(source, Standing.NEW));
    this.published = new Published(Cluster.EMPTY, Map.copyOf(standings));
  }

  /** Begins to watch and returns at once, whether the API server is there or not. */
  public void start() {
    Random random = new Random();
    threads.add(Thread.ofPlatform().daemon().name("picture").start(this::write));
    for (Source source : sources) {
      Reflector reflector =
          new Reflector(source, server, pace, bell, new Random(random.nextLong()), queue::put);
      threads.add(Thread.ofVirtual().name("watch " + source).start(reflector));
    }
  }

  @Override
  public Cluster now() {
    return published.cluster();
  }

  @Override
  public List<String> waitingFor() {
    return published.standings().entrySet().stream()
        .filter(each -> !each.getValue().settled())
        .map(each -> words(each.getKey(), each.getValue().state()))
        .sorted()
        .toList();
  }

  @Override
  public long version(Kind kind) {
    return published.standings().entrySet().stream()
        .filter(each -> each.getKey().kind() == kind)
        .mapToLong(each -> each.getValue().version())
        .max()
        .orElse(0);
  }

  /**
   * Waits until everything was listed once.
   *
   * @return whether that came before the time was over
   */
  public boolean awaitReady(Duration most) throws InterruptedException {
    return ready.await(most.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Stops to watch; the last picture stays. */
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    long end = System.nanoTime() + LONGEST_STOP.toNanos();
    try {
      for (Thread thread : threads) {
        thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String words(Source source, State state) {
    return switch (state) {
      case State.Going _ -> source.toString();
      case State.NotServed _ -> source + " (not served)";
      case State.Forbidden _ -> source + " (forbidden: list and watch them must be allowed)";
      case State.Unreachable unreachable -> source + " (" + unreachable.message() + ")";
      case State.Failing failing -> source + " (" + failing.message() + ")";
    };
  }

  private void write() {
    List<News> batch = new ArrayList<>();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        batch.add(queue.take());
        queue.drainTo(batch, QUEUE);
        batch.forEach(this::fenced);
        batch.clear();
        published = new Published(ledger.cluster(), Map.copyOf(standings));
        if (standings.values().stream().allMatch(Standing::settled) && ready.getCount() > 0) {
          LOG.infof("The picture of %s is complete", server.url());
          ready.countDown();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One object that breaks the picture must not end it. */
  private void fenced(News news) {
    try {
      take(news);
    } catch (RuntimeException e) {
      LOG.errorf(e, "News of %s could not be written into the picture", news.source());
    }
  }

  /** The source tells something: whatever was wrong with it is over. */
  private Standing going(Source source, Standing standing) {
    return standing.state() instanceof State.Going
        ? standing
        : turned(source, standing, new State.Going());
  }

  private Standing turned(Source source, Standing standing, State state) {
    journal.turned(source, standing.state(), state);
    return standing.in(state);
  }

  private void take(News news) {
    Source source = news.source();
    Standing standing = Optional.ofNullable(standings.get(source)).orElse(Standing.NEW);
    standings.put(
        source,
        switch (news) {
          case News.Put put -> {
            ledger.put(source, put.object());
            yield going(source, standing).at(put.version());
          }
          case News.Gone gone -> {
            ledger.remove(source, gone.name());
            yield going(source, standing).at(gone.version());
          }
          case News.UpTo upTo -> going(source, standing).at(upTo.version());
          case News.Listed listed -> {
            ledger.keepOnly(source, listed.names());
            yield going(source, standing).asListed().at(listed.version());
          }
          case News.Answers _ ->
              standing.state() instanceof State.Failing ? standing : going(source, standing);
          case News.Trouble trouble -> turned(source, standing, trouble.state());
        });
  }
}
