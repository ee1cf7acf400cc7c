package io.portcullis.cluster.watch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Pod;
import io.portcullis.kube.PodSpec;
import io.portcullis.kube.Workload;
import io.portcullis.net.Selector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Asks the cluster itself, past the picture. Each read counts against a cap and ends by a deadline,
 * a moment of {@link System#nanoTime}. Safe for any number of threads.
 */
public final class LiveReader {
  private static final Logger LOG = Logger.getLogger("portcullis.live");

  /** Metadata alone, where the server can: of a pod some kilobytes less. */
  private static final String METADATA =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

  private static final String PAGE_SIZE = "500";

  private static final List<Kind> WORKLOADS =
      Arrays.stream(Kind.values()).filter(Kind::isWorkload).toList();

  private final ApiServer server;
  private final RateCap cap;

  /** Reads with a client that stays the caller's to close. */
  public LiveReader(KubernetesClient client, RateCap cap) {
    this.server = new ApiServer(client);
    this.cap = cap;
  }

  /**
   * The object of a name as it is now; empty where there is none.
   *
   * @param namespace empty for cluster-scoped kinds
   */
  public Optional<KubeObject> get(Kind kind, String namespace, String name, long deadline)
      throws LiveReadException {
    String path = Paths.object(kind, namespace, name);
    return read(
        path,
        Map.of(),
        ApiServer.JSON,
        deadline,
        parser -> {
          if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("the answer is no object");
          }
          Optional<KubeObject> object = Items.object(kind, parser);
          if (object.filter(found -> found.name().equals(name)).isEmpty()) {
            throw new IOException("the answer is another object");
          }
          return object;
        });
  }

  /**
   * Whether a pod of the namespace that has not finished, or the template of a workload there,
   * matches now. The API server is asked about all of them at once.
   *
   * @param pods what pods are asked with
   * @param templates what templates are asked with
   */
  public boolean anyMatches(String namespace, Selector pods, Selector templates, long deadline)
      throws LiveReadException {
    List<Callable<Boolean>> questions = new ArrayList<>();
    questions.add(() -> anyPodMatches(namespace, pods, deadline));
    for (Kind kind : WORKLOADS) {
      questions.add(
          () -> anyTemplate(kind, namespace, deadline, workload -> matches(workload, templates)));
    }
    return any(questions);
  }

  /**
   * Whether the spec of a pod that matches and has not finished, or the template of a workload that
   * matches and that no other workload makes, is wanted. Reads whole pods: for what their labels do
   * not say.
   *
   * @param templates what templates are asked with; empty: templates are not asked
   */
  public boolean anySpec(
      String namespace,
      Selector pods,
      Optional<Selector> templates,
      Predicate<PodSpec> wanted,
      long deadline)
      throws LiveReadException {
    List<Callable<Boolean>> questions = new ArrayList<>();
    questions.add(() ->
        anyItem(
            Kind.POD,
            namespace,
            unfinished(pods, PAGE_SIZE),
            ApiServer.JSON,
            deadline,
            object -> object instanceof Pod pod && wanted.test(pod.spec())));
    if (templates.isPresent()) {
      for (Kind kind : WORKLOADS) {
        questions.add(() ->
            anyTemplate(
                kind,
                namespace,
                deadline,
                workload ->
                    !isMade(workload)
                        && matches(workload, templates.get())
                        && wanted.test(workload.template().spec())));
      }
    }
    return any(questions);
  }

  private static boolean any(List<Callable<Boolean>> questions) throws LiveReadException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return anyYes(threads.invokeAll(questions));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LiveReadException("interrupted", e);
    }
  }

  /** Whether one of them says yes; a failure counts only where none does. */
  private static boolean anyYes(List<Future<Boolean>> answers)
      throws InterruptedException, LiveReadException {
    Optional<LiveReadException> failure = Optional.empty();
    for (Future<Boolean> answer : answers) {
      try {
        if (answer.get()) {
          return true;
        }
      } catch (ExecutionException e) {
        Throwable why = e.getCause() == null ? e : e.getCause();
        failure = Optional.of(new LiveReadException(String.valueOf(why.getMessage()), e));
      }
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
    return false;
  }

  /** Whether a pod of the namespace that has not finished matches now. */
  public boolean anyPodMatches(String namespace, Selector selector, long deadline)
      throws LiveReadException {
    return anyItem(Kind.POD, namespace, unfinished(selector, "1"), METADATA, deadline, _ -> true);
  }

  private static Map<String, String> unfinished(Selector selector, String limit) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("limit", limit);
    query.put("fieldSelector", Source.UNFINISHED);
    if (!selector.isEverything()) {
      query.put("labelSelector", selector.toString());
    }
    return query;
  }

  /**
   * Whether a namespace matches now.
   *
   * @param except the name of one that does not count; empty: all do
   */
  public boolean anyNamespaceMatches(Selector selector, String except, long deadline)
      throws LiveReadException {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("limit", except.isEmpty() ? "1" : "2");
    if (!selector.isEverything()) {
      query.put("labelSelector", selector.toString());
    }
    return anyItem(
        Kind.NAMESPACE, "", query, METADATA, deadline, found -> !found.name().equals(except));
  }

  /**
   * All objects of a kind in a namespace, in no order. For kinds of which a namespace has few.
   *
   * @param namespace empty for cluster-scoped kinds
   */
  public List<KubeObject> all(Kind kind, String namespace, long deadline) throws LiveReadException {
    List<KubeObject> all = new ArrayList<>();
    anyItem(
        kind,
        namespace,
        Map.of("limit", PAGE_SIZE),
        ApiServer.JSON,
        deadline,
        item -> {
          all.add(item);
          return false;
        });
    return all;
  }

  private boolean anyTemplate(
      Kind kind, String namespace, long deadline, Predicate<Workload> wanted)
      throws LiveReadException {
    return anyItem(
        kind,
        namespace,
        Map.of("limit", PAGE_SIZE),
        ApiServer.JSON,
        deadline,
        object -> object instanceof Workload workload && wanted.test(workload));
  }

  private static boolean matches(Workload workload, Selector selector) {
    return selector.matches(workload.template().labels());
  }

  /** A ReplicaSet that a Deployment keeps for going back, say. */
  private static boolean isMade(Workload workload) {
    return workload
        .meta()
        .controller()
        .flatMap(owner -> Kind.named(owner.kind()))
        .filter(Kind::isWorkload)
        .isPresent();
  }

  /** Whether a list has an item that is wanted; reads page after page until one has. */
  private boolean anyItem(
      Kind kind,
      String namespace,
      Map<String, String> query,
      String accept,
      long deadline,
      Predicate<KubeObject> wanted)
      throws LiveReadException {
    boolean[] found = {false};
    Map<String, String> page = new LinkedHashMap<>(query);
    Optional<String> next = Optional.empty();
    do {
      next.ifPresent(token -> page.put("continue", token));
      next =
          read(
                  Paths.list(kind, namespace),
                  page,
                  accept,
                  deadline,
                  parser ->
                      Optional.of(
                          Items.list(kind, parser, item -> found[0] |= wanted.test(item)).next()))
              .filter(token -> !token.isEmpty());
    } while (!found[0] && next.isPresent());
    return found[0];
  }

  /** Makes something of an answer. */
  @FunctionalInterface
  private interface Reading<T> {
    Optional<T> read(JsonParser parser) throws IOException;
  }

  /**
   * Asks once more where the connection breaks before the answer: one that was idle and that the
   * other side has just closed is found out only by using it.
   */
  private ByteStream open(String path, Map<String, String> query, String accept, long deadline)
      throws IOException {
    Patience patience = Patience.until(deadline);
    try {
      return server.get(path, query, accept, patience);
    } catch (StatusException | SilentException e) {
      throw e;
    } catch (IOException e) {
      LOG.debugf("%s: %s. Asking once more", path, e.getMessage());
      return server.get(path, query, accept, patience);
    }
  }

  /** What an answer holds; empty where there is nothing at the path. */
  private <T> Optional<T> read(
      String path, Map<String, String> query, String accept, long deadline, Reading<T> reading)
      throws LiveReadException {
    if (!cap.take()) {
      throw new LiveReadException("the cluster is asked too often");
    }
    try (ByteStream answer = open(path, query, accept, deadline);
        JsonParser parser = ApiServer.parse(answer)) {
      Optional<T> result = reading.read(parser);
      ApiServer.finish(parser);
      return result;
    } catch (StatusException e) {
      if (e.isNotFound()) {
        return Optional.empty();
      }
      throw new LiveReadException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new LiveReadException(String.valueOf(e.getMessage()), e);
    }
  }
}
