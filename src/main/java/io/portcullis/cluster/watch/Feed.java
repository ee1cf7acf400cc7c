package io.portcullis.cluster.watch;

import com.fasterxml.jackson.core.JsonParser;
import io.portcullis.cluster.watch.News.Name;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The list and the watch of one source: what is asked for next, and how far it has come. Used by
 * one thread.
 *
 * <p>The list streams as the beginning of a watch where the API server serves that; where it does
 * not, or where such a list broke off, it comes in pages.
 */
final class Feed {
  /** Takes news; blocks while there are too many. */
  @FunctionalInterface
  interface Outlet {
    void tell(News news) throws InterruptedException;
  }

  private static final String PAGE_SIZE = "500";

  private final Source source;
  private final ApiServer server;
  private final Pace pace;
  private final RandomGenerator random;
  private final Outlet outlet;

  /** The version to go on from; empty: everything must be listed. */
  private String version = "";

  /** What the list that is under way has named so far. */
  private Set<Name> named = new HashSet<>();

  private boolean streams = true;
  private boolean answered;

  Feed(Source source, ApiServer server, Pace pace, RandomGenerator random, Outlet outlet) {
    this.source = source;
    this.server = server;
    this.pace = pace;
    this.random = random;
    this.outlet = outlet;
  }

  /** Whether the last {@link #keep} was answered at all. */
  boolean answered() {
    return answered;
  }

  /** The server does not know the version any more, or it is not to be trusted: list again. */
  void forget() {
    version = "";
  }

  /**
   * Lists, if need be, and watches. Returns when the watch ends as watches do.
   *
   * @throws InterruptedIOException where the thread is interrupted
   */
  void keep() throws IOException {
    answered = false;
    if (version.isEmpty() && streams) {
      stream();
    } else if (version.isEmpty()) {
      pages();
      follow(watch());
    } else {
      follow(watch());
    }
  }

  private void stream() throws IOException {
    Map<String, String> query = watch();
    query.remove("resourceVersion");
    query.put("sendInitialEvents", "true");
    query.put("resourceVersionMatch", "NotOlderThan");
    named = new HashSet<>();
    try {
      follow(query);
    } catch (StatusException e) {
      if (answered || !e.isInvalid()) {
        throw e;
      }
      pages();
      follow(watch());
    }
  }

  private void pages() throws IOException {
    named = new HashSet<>();
    String next = "";
    do {
      next = page(next);
    } while (!next.isEmpty());
    streams = true;
  }

  private String page(String from) throws IOException {
    Map<String, String> query = query();
    query.put("limit", PAGE_SIZE);
    if (!from.isEmpty()) {
      query.put("continue", from);
    }
    try (ByteStream answer = open(query);
        JsonParser parser = ApiServer.parse(answer)) {
      Items.Page page = Items.list(source.kind(), parser, this::put);
      ApiServer.finish(parser);
      if (page.next().isEmpty()) {
        listed(page.version());
      }
      return page.next();
    }
  }

  private void follow(Map<String, String> query) throws IOException {
    try (ByteStream answer = open(query);
        JsonParser parser = ApiServer.parse(answer)) {
      Kind kind = source.kind();
      for (Optional<WatchEvent> event = WatchEvent.next(kind, parser);
          event.isPresent();
          event = WatchEvent.next(kind, parser)) {
        take(event.get());
      }
    } catch (SilentException e) {
      // A kind that never changes may not send a bookmark for long: asking again is no failure.
      if (!answered || version.isEmpty()) {
        throw e;
      }
    }
  }

  private ByteStream open(Map<String, String> query) throws IOException {
    ByteStream answer =
        server.get(
            Paths.list(source.kind(), source.namespace()),
            query,
            ApiServer.JSON,
            Patience.of(pace.answer(), pace.silence()));
    answered = true;
    // Until the list has come to its end: one that breaks off comes in pages the next time.
    streams = !version.isEmpty() && streams;
    tell(new News.Answers(source));
    return answer;
  }

  private void take(WatchEvent event) throws IOException {
    switch (event) {
      case WatchEvent.Put put -> {
        put(put.object());
        proceed(put.object().meta().resourceVersion());
      }
      case WatchEvent.Delete delete -> {
        Name name = Name.of(delete.object());
        named.remove(name);
        tell(
            new News.Gone(
                source, name, version.isEmpty() ? "" : delete.object().meta().resourceVersion()));
        proceed(delete.object().meta().resourceVersion());
      }
      case WatchEvent.Bookmark mark when mark.listed() && version.isEmpty() -> {
        listed(mark.version());
        streams = true;
      }
      case WatchEvent.Bookmark mark when !version.isEmpty() -> {
        tell(new News.UpTo(source, mark.version()));
        proceed(mark.version());
      }
      case WatchEvent.Bookmark _ -> {}
      case WatchEvent.Unknown _ -> {}
    }
  }

  private void put(KubeObject object) throws IOException {
    if (version.isEmpty()) {
      named.add(Name.of(object));
      tell(new News.Put(source, object, ""));
    } else {
      tell(new News.Put(source, object, object.meta().resourceVersion()));
    }
  }

  private void listed(String at) throws IOException {
    tell(new News.Listed(source, named, at));
    named = new HashSet<>();
    version = at;
  }

  /** Goes on from here next time; while a list is under way there is nothing to go on from. */
  private void proceed(String reached) {
    if (!version.isEmpty() && !reached.isEmpty()) {
      version = reached;
    }
  }

  private Map<String, String> watch() {
    Map<String, String> query = query();
    query.put("watch", "true");
    query.put("resourceVersion", version);
    query.put("allowWatchBookmarks", "true");
    long seconds = pace.watch().toSeconds();
    query.put("timeoutSeconds", Long.toString(seconds + random.nextLong(seconds + 1)));
    return query;
  }

  private Map<String, String> query() {
    Map<String, String> query = new LinkedHashMap<>();
    if (!source.fieldSelector().isEmpty()) {
      query.put("fieldSelector", source.fieldSelector());
    }
    return query;
  }

  private void tell(News news) throws IOException {
    try {
      outlet.tell(news);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
  }
}
