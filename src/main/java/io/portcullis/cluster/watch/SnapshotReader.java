package io.portcullis.cluster.watch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.portcullis.cluster.watch.Snapshot.Gap;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Lists a cluster once, for those who look and go. Only reads; safe for any number of threads.
 *
 * <p>Whoever may not list a kind everywhere may often do so in their own namespaces: there it is
 * tried again, and what stays unseen is told.
 */
public final class SnapshotReader {
  private static final String PAGE_SIZE = "500";
  private static final int FORBIDDEN = 403;

  /** How often a list is begun whose pages expire under it. */
  private static final int TRIES = 3;

  private final ApiServer server;
  private final Pace pace;
  private final List<Source> sources;

  /** Reads with a client that stays the caller's to close. */
  public SnapshotReader(KubernetesClient client, Pace pace) {
    this(client, pace, Source.all());
  }

  SnapshotReader(KubernetesClient client, Pace pace, List<Source> sources) {
    this.server = new ApiServer(client);
    this.pace = pace;
    this.sources = sources;
  }

  /** What was read of one source. */
  private record Part(List<KubeObject> objects, Optional<Gap> gap) {}

  /**
   * Reads everything, all kinds at the same time.
   *
   * @param namespaces where to look for what may not be listed everywhere
   * @throws LiveReadException where the cluster can't be reached, or nothing of it may be read
   */
  public Snapshot read(Set<String> namespaces) throws LiveReadException {
    List<KubeObject> objects = new ArrayList<>();
    List<Gap> gaps = new ArrayList<>();
    for (Part part : parts(namespaces)) {
      objects.addAll(part.objects());
      part.gap().ifPresent(gaps::add);
    }
    if (objects.isEmpty() && gaps.size() == sources.size()) {
      throw new LiveReadException(
          server.url() + " lets you list nothing that concerns the network");
    }
    return new Snapshot(objects, gaps);
  }

  private List<Part> parts(Set<String> namespaces) throws LiveReadException {
    List<Callable<Part>> readings =
        sources.stream().<Callable<Part>>map(source -> () -> part(source, namespaces)).toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Part> parts = new ArrayList<>();
      for (Future<Part> part : threads.invokeAll(readings)) {
        parts.add(part.get());
      }
      return parts;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LiveReadException("interrupted", e);
    } catch (ExecutionException e) {
      String why =
          e.getCause() instanceof IOException io ? String.valueOf(io.getMessage()) : "" + e;
      throw new LiveReadException(server.url() + " can't be read: " + why, e);
    }
  }

  private Part part(Source source, Set<String> namespaces) throws IOException {
    Optional<List<KubeObject>> all = list(source, source.namespace());
    return all.isPresent() ? new Part(all.get(), Optional.empty()) : partly(source, namespaces);
  }

  private Part partly(Source source, Set<String> namespaces) throws IOException {
    List<KubeObject> objects = new ArrayList<>();
    Set<String> readIn = new TreeSet<>();
    for (String namespace : source.namespace().isEmpty() ? namespaces : Set.<String>of()) {
      Optional<List<KubeObject>> some = some(source, namespace);
      if (some.isPresent()) {
        objects.addAll(some.get());
        readIn.add(namespace);
      }
    }
    return new Part(objects, Optional.of(new Gap(source, readIn)));
  }

  /** What of the source is in a namespace; of namespaces that one itself. */
  private Optional<List<KubeObject>> some(Source source, String namespace) throws IOException {
    if (source.kind() == Kind.NAMESPACE) {
      return one(source.kind(), namespace);
    }
    return source.kind().namespaced() ? list(source, namespace) : Optional.empty();
  }

  /** All pages; empty where they may not be read. A kind that is not served has no objects. */
  private Optional<List<KubeObject>> list(Source source, String namespace) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return Optional.of(pages(source, namespace));
      } catch (StatusException e) {
        if (e.isNotFound()) {
          return Optional.of(List.of());
        }
        if (e.code() == FORBIDDEN) {
          return Optional.empty();
        }
        if (!e.isExpired() || attempt == TRIES) {
          throw e;
        }
      }
    }
  }

  private List<KubeObject> pages(Source source, String namespace) throws IOException {
    List<KubeObject> objects = new ArrayList<>();
    Map<String, String> query = new LinkedHashMap<>();
    query.put("limit", PAGE_SIZE);
    if (!source.fieldSelector().isEmpty()) {
      query.put("fieldSelector", source.fieldSelector());
    }
    String next = "";
    do {
      try (ByteStream answer = get(Paths.list(source.kind(), namespace), query);
          JsonParser parser = ApiServer.parse(answer)) {
        next = Items.list(source.kind(), parser, objects::add).next();
        ApiServer.finish(parser);
      }
      query.put("continue", next);
    } while (!next.isEmpty());
    return objects;
  }

  private Optional<List<KubeObject>> one(Kind kind, String name) throws IOException {
    try (ByteStream answer = get(Paths.object(kind, "", name), Map.of());
        JsonParser parser = ApiServer.parse(answer)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("the answer is no object");
      }
      Optional<KubeObject> object = Items.object(kind, parser);
      ApiServer.finish(parser);
      return object.map(List::of);
    } catch (StatusException e) {
      if (e.isNotFound() || e.code() == FORBIDDEN) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private ByteStream get(String path, Map<String, String> query) throws IOException {
    return server.get(path, query, ApiServer.JSON, Patience.of(pace.answer(), pace.silence()));
  }
}
