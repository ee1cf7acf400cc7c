package io.portcullis.cluster.watch;

import io.portcullis.cluster.World;
import io.portcullis.cluster.watch.RawServer.Reply;
import io.portcullis.cluster.watch.RawServer.Request;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Pod;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lists and watches as an API server does, from a history that it can forget, and fails on demand.
 */
final class ScriptedApiServer implements AutoCloseable {
  /** How the answer to one request goes wrong. */
  enum Fault {
    HANG_UP,
    CUT_IN_THE_MIDDLE,
    END_IN_THE_MIDDLE,
    GARBAGE,
    EMPTY_OBJECT,
    CRUMBS,
    ERROR_500,
    TOO_MANY_REQUESTS,
    SILENCE
  }

  /** A change of an object; {@code after} is empty where it went. */
  private record Event(
      long version, Kind kind, Optional<KubeObject> before, Optional<KubeObject> after) {
    World.Id id() {
      return World.Id.of(after.or(() -> before).orElseThrow());
    }
  }

  private final RawServer http = new RawServer(this::handle);
  private final Map<World.Id, KubeObject> objects = new HashMap<>();
  private final List<Event> history = new ArrayList<>();
  private final Deque<Fault> faults = new ArrayDeque<>();
  private final Set<Kind> unserved = new HashSet<>();
  private final Set<Kind> forbidden = new HashSet<>();
  private String allowedIn = "";
  private final List<String> requests = new ArrayList<>();
  private long version = 100;
  private long forgotten;
  private int expired;
  private long farewells;
  private int pageSize = 2;
  private boolean streamsLists = true;

  String url() {
    return "http://127.0.0.1:" + http.port();
  }

  synchronized void put(KubeObject object) {
    version++;
    World.Id id = World.Id.of(object);
    history.add(
        new Event(
            version,
            object.kind(),
            Optional.ofNullable(objects.put(id, object)),
            Optional.of(object)));
    notifyAll();
  }

  synchronized void delete(World.Id id) {
    KubeObject before = objects.remove(id);
    if (before != null) {
      version++;
      history.add(new Event(version, id.kind(), Optional.of(before), Optional.empty()));
      notifyAll();
    }
  }

  /** The version of the last change of a kind that anybody may hear of. */
  synchronized long version(Kind kind) {
    return history.stream()
        .filter(event -> event.kind() == kind)
        .filter(event ->
            kind != Kind.CONFIG_MAP || event.id().equals(World.Id.of(Fixtures.map("a", ""))))
        .filter(event -> isHeardOf(event.before()) || isHeardOf(event.after()))
        .mapToLong(Event::version)
        .max()
        .orElse(0);
  }

  private static boolean isHeardOf(Optional<KubeObject> object) {
    return object.filter(each -> !(each instanceof Pod pod && pod.finished())).isPresent();
  }

  /** Forgets all history: a watch can only go on from now. */
  synchronized void forget() {
    forgotten = version;
  }

  /** That many tokens of pages to come are too old when they are used. */
  synchronized void expireTokens(int count) {
    expired = count;
  }

  synchronized void fail(Fault fault) {
    faults.add(fault);
  }

  synchronized void behave() {
    faults.clear();
  }

  synchronized void streamsLists(boolean yes) {
    streamsLists = yes;
  }

  synchronized void pages(int size) {
    pageSize = size;
  }

  synchronized void unserved(Kind kind, boolean yes) {
    change(unserved, kind, yes);
  }

  synchronized void forbidden(Kind kind, boolean yes) {
    change(forbidden, kind, yes);
  }

  /** What is forbidden is allowed in a namespace. */
  synchronized void allowedIn(String namespace) {
    allowedIn = namespace;
  }

  private boolean allowed(Request request) {
    return !allowedIn.isEmpty()
        && (request.path() + "/").contains("/namespaces/" + allowedIn + "/");
  }

  private static void change(Set<Kind> kinds, Kind kind, boolean in) {
    if (in) {
      kinds.add(kind);
    } else {
      kinds.remove(kind);
    }
  }

  /** Ends all watches with the error that says that their version is gone. */
  synchronized void expireWatches() {
    farewells++;
    notifyAll();
  }

  void cut() {
    http.cut();
  }

  void stop() {
    http.stop();
  }

  void restart() {
    http.restart();
  }

  /** The paths and queries so far. */
  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  private void handle(Request request, Reply reply) throws IOException, InterruptedException {
    Fault fault;
    Kind kind = kind(request);
    synchronized (this) {
      requests.add(request.path() + " " + request.query());
      fault = faults.poll();
      if (unserved.contains(kind) || (forbidden.contains(kind) && !allowed(request))) {
        boolean hidden = unserved.contains(kind);
        reply.whole(hidden ? 404 : 403, hidden ? "404 page not found" : status(403, "no"));
        return;
      }
    }
    if (fault != null && fails(fault, reply)) {
      return;
    }
    if (!request.path().endsWith("/" + kind.plural())) {
      get(request, kind, reply, fault);
    } else if (request.parameter("watch").equals("true")) {
      watch(request, kind, reply, fault);
    } else {
      list(request, kind, reply, fault);
    }
  }

  private static boolean fails(Fault fault, Reply reply) throws IOException, InterruptedException {
    switch (fault) {
      case HANG_UP -> reply.reset();
      case GARBAGE -> reply.whole(200, "<html>no such thing</html>");
      case EMPTY_OBJECT -> reply.whole(200, "{}");
      case ERROR_500 -> reply.whole(500, status(500, "etcd is away"));
      case TOO_MANY_REQUESTS -> reply.whole(429, status(429, "slow down"), "Retry-After: 0");
      case SILENCE -> Thread.sleep(600);
      case CUT_IN_THE_MIDDLE, END_IN_THE_MIDDLE, CRUMBS -> {
        return false;
      }
    }
    return true;
  }

  private static void write(Reply reply, String body, Fault fault) throws IOException {
    switch (fault) {
      case CUT_IN_THE_MIDDLE -> {
        reply.head(200);
        reply.chunk(body.substring(0, body.length() / 2));
        reply.reset();
      }
      case END_IN_THE_MIDDLE -> reply.whole(200, body.substring(0, body.length() / 2));
      case CRUMBS -> reply.crumbs(200, body);
      case null, default -> reply.whole(200, body);
    }
  }

  private void get(Request request, Kind kind, Reply reply, Fault fault) throws IOException {
    Optional<String> found;
    synchronized (this) {
      found =
          history.stream()
              .filter(event -> event.kind() == kind)
              .filter(event -> request.path().equals(path(event.id())))
              .reduce((_, last) -> last)
              .flatMap(event -> event.after().map(object -> Json.of(object, event.version())));
    }
    if (found.isPresent()) {
      write(reply, found.get(), fault);
    } else {
      reply.whole(404, status(404, "not found"));
    }
  }

  private static String path(World.Id id) {
    return Paths.object(id.kind(), id.namespace(), id.name());
  }

  private void list(Request request, Kind kind, Reply reply, Fault fault) throws IOException {
    String token = request.parameter("continue");
    String body;
    synchronized (this) {
      String place = token.isEmpty() ? version + "-0" : token;
      int dash = place.indexOf('-');
      long at = Long.parseLong(place.substring(0, dash));
      if (expired > 0 && !token.isEmpty()) {
        expired--;
        body = "";
      } else {
        body = page(matching(request, kind, at), at, Integer.parseInt(place.substring(dash + 1)));
      }
    }
    if (body.isEmpty()) {
      reply.whole(410, status(410, "the provided continue parameter is too old"));
    } else {
      write(reply, body, fault);
    }
  }

  private String page(List<String> all, long at, int from) {
    int to = Math.min(all.size(), from + pageSize);
    String next = to < all.size() ? at + "-" + to : "";
    String metadata = Json.write(Map.of("resourceVersion", Long.toString(at), "continue", next));
    return "{\"kind\":\"List\",\"metadata\":%s,\"items\":[%s]}"
        .formatted(metadata, String.join(",", all.subList(from, to)));
  }

  private void watch(Request request, Kind kind, Reply reply, Fault fault)
      throws IOException, InterruptedException {
    int at;
    long goodbye;
    StringBuilder first = new StringBuilder();
    synchronized (this) {
      boolean lists = request.parameter("sendInitialEvents").equals("true");
      if (lists && !streamsLists) {
        reply.whole(422, status(422, "sendInitialEvents is forbidden"));
        return;
      }
      long from = lists ? version : Long.parseLong(request.parameter("resourceVersion"));
      if (from < forgotten) {
        reply.whole(410, status(410, "too old resource version"));
        return;
      }
      if (lists) {
        matching(request, kind, version).forEach(each -> first.append(event("ADDED", each)));
        first.append(bookmark(kind, true));
      }
      at = (int) history.stream().filter(event -> event.version() <= from).count();
      goodbye = farewells;
    }
    if (fault == Fault.CUT_IN_THE_MIDDLE || fault == Fault.END_IN_THE_MIDDLE) {
      write(reply, first.append("{\"type\":\"ADD").toString(), fault);
      return;
    }
    reply.head(200);
    if (!first.isEmpty()) {
      reply.chunk(first.toString());
    }
    follow(request, kind, reply, at, goodbye);
  }

  private void follow(Request request, Kind kind, Reply reply, int from, long goodbye)
      throws IOException, InterruptedException {
    int at = from;
    while (true) {
      List<Event> news;
      boolean over;
      synchronized (this) {
        while (history.size() <= at && farewells == goodbye) {
          wait();
        }
        news = List.copyOf(history.subList(at, history.size()));
        at = history.size();
        over = farewells != goodbye;
      }
      for (Event event : news) {
        Optional<String> line = line(request, kind, event);
        if (line.isPresent()) {
          reply.chunk(line.get());
        }
      }
      if (over) {
        reply.chunk(event("ERROR", status(410, "The event in requested index is outdated")));
        reply.end();
        return;
      }
    }
  }

  /** What a watcher hears: an object that does not match any more is deleted to it. */
  private static Optional<String> line(Request request, Kind kind, Event event) {
    if (event.kind() != kind) {
      return Optional.empty();
    }
    boolean was = event.before().filter(object -> matches(request, object)).isPresent();
    boolean is = event.after().filter(object -> matches(request, object)).isPresent();
    if (!was && !is) {
      return Optional.empty();
    }
    KubeObject object = is ? event.after().orElseThrow() : event.before().orElseThrow();
    String type = is ? was ? "MODIFIED" : "ADDED" : "DELETED";
    return Optional.of(event(type, Json.of(object, event.version())));
  }

  /** What matched at a version. */
  private List<String> matching(Request request, Kind kind, long at) {
    Map<World.Id, Event> last = new TreeMap<>(Comparator.comparing(World.Id::toString));
    for (Event event : history) {
      if (event.kind() == kind && event.version() <= at) {
        last.put(event.id(), event);
      }
    }
    return last.values().stream()
        .flatMap(event ->
            event.after().stream()
                .filter(object -> matches(request, object))
                .map(object -> Json.of(object, event.version())))
        .toList();
  }

  private static boolean matches(Request request, KubeObject object) {
    String selector = request.parameter("fieldSelector");
    if (selector.startsWith("metadata.name=")
        && !selector.equals("metadata.name=" + object.name())) {
      return false;
    }
    if (selector.contains("status.phase") && object instanceof Pod pod && pod.finished()) {
      return false;
    }
    Selector labels = selector(request.parameter("labelSelector"));
    boolean here =
        !request.path().contains("/namespaces/")
            || request.path().contains("/namespaces/" + object.namespace() + "/");
    return here && labels.matches(object.meta().labels());
  }

  private String bookmark(Kind kind, boolean listed) {
    String annotations = listed ? "{\"" + WatchEvent.LISTED + "\":\"true\"}" : "{}";
    return event(
        "BOOKMARK",
        "{\"kind\":\"%s\",\"metadata\":{\"resourceVersion\":\"%d\",\"annotations\":%s}}"
            .formatted(kind.text(), version, annotations));
  }

  private static String event(String type, String object) {
    return "{\"type\":\"%s\",\"object\":%s}\n".formatted(type, object);
  }

  private static String status(int code, String message) {
    return Json.write(Map.of("kind", "Status", "code", code, "message", message));
  }

  /** Of the forms that kubectl knows only {@code key=value,...}. */
  private static Selector selector(String text) {
    Map<String, String> pairs = new HashMap<>();
    for (String pair : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      pairs.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return Selector.of(Labels.of(pairs));
  }

  private static Kind kind(Request request) {
    return Arrays.stream(Kind.values())
        .filter(kind -> request.path().startsWith(Paths.list(kind, "").replace(kind.plural(), "")))
        .filter(kind -> request.path().matches(".*/" + kind.plural() + "(/[^/]*)?"))
        .findFirst()
        .orElseThrow();
  }

  /** What is stored of these sources, as a reader has to make of it. */
  synchronized World world(List<Source> sources) {
    Map<World.Id, Event> last = new HashMap<>();
    history.forEach(event -> last.put(event.id(), event));
    World world = new World();
    for (Event event : last.values()) {
      event.after().stream()
          .filter(object ->
              sources.stream()
                  .anyMatch(source ->
                      source.kind() == event.kind()
                          && source.covers(object.namespace(), object.name())))
          .forEach(object -> world.put(Json.read(object, event.version())));
    }
    return world;
  }

  @Override
  public void close() {
    http.close();
  }
}
