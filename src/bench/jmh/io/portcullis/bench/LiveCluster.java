package io.portcullis.bench;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.portcullis.cluster.watch.Connection;
import io.portcullis.kube.Kind;
import io.portcullis.proof.GeneratedCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Generated objects in a real API server, created as its users do:
 *
 * <pre>
 * fill KUBECONFIG PODS              a generated cluster
 * services KUBECONFIG NAME COUNT    Services at 8 in parallel; prints rate and times
 * churn KUBECONFIG SECONDS RATE     that many pods a second go and come again
 * </pre>
 */
public final class LiveCluster implements AutoCloseable {
  private static final int PARALLEL = 8;
  private static final int CONFLICT = 409;
  private static final double NANOS_IN_A_MILLI = 1e6;
  private static final double NANOS = 1e9;

  private final KubernetesClient client;

  private LiveCluster(String kubeconfig) {
    client = Connection.open(Optional.empty(), Optional.of(Path.of(kubeconfig)));
  }

  public static void main(String... args) throws Exception {
    try (LiveCluster cluster = new LiveCluster(args[1])) {
      switch (args[0]) {
        case "fill" -> cluster.fill(Integer.parseInt(args[2]));
        case "services" -> cluster.services(args[2], Integer.parseInt(args[3]));
        case "churn" -> cluster.churn(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        default -> throw new IllegalArgumentException(args[0]);
      }
    }
    // The client leaves threads behind that would keep the process.
    System.exit(0);
  }

  @Override
  public void close() {
    client.close();
  }

  private void fill(int pods) throws Exception {
    long begun = System.nanoTime();
    GeneratedCluster cluster = new GeneratedCluster(GeneratedCluster.Size.of(pods));
    Iterator<GeneratedCluster.Made> all = cluster.made().iterator();
    int objects = 0;
    // In the order of the kinds: a namespace is there before what lies in it.
    for (List<GeneratedCluster.Made> part = next(all); !part.isEmpty(); part = next(all)) {
      List<GeneratedCluster.Made> those = part;
      inParallel(those.size(), i -> () -> create(those.get(i)));
      objects += those.size();
    }
    System.out.printf(
        Locale.ROOT, "%d objects in %.0f s%n", objects, (System.nanoTime() - begun) / NANOS);
  }

  private static List<GeneratedCluster.Made> next(Iterator<GeneratedCluster.Made> all) {
    List<GeneratedCluster.Made> part = new ArrayList<>();
    while (all.hasNext() && part.size() < 1000) {
      part.add(all.next());
      if (part.getLast().kind() == Kind.NAMESPACE) {
        break;
      }
    }
    return part;
  }

  private void services(String name, int count) throws Exception {
    long begun = System.nanoTime();
    long[] nanos = inParallel(count, i -> () -> create(service(name + "-" + i))).sorted().toArray();
    double seconds = (System.nanoTime() - begun) / NANOS;
    System.out.printf(
        Locale.ROOT,
        "%-10s %6.0f Services/s  p50 %6.2f ms  p99 %6.2f ms%n",
        name,
        count / seconds,
        nanos[count / 2] / NANOS_IN_A_MILLI,
        nanos[(int) (count * 0.99)] / NANOS_IN_A_MILLI);
  }

  private static GeneratedCluster.Made service(String name) {
    return new GeneratedCluster.Made(
        Kind.SERVICE,
        "team-0",
        name,
        """
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"%s","namespace":"team-0"},\
        "spec":{"selector":{"app":"app-0"},"ports":[{"port":80,"targetPort":8080}]}}"""
            .formatted(name));
  }

  private void churn(int seconds, int rate) throws Exception {
    List<GeneratedCluster.Made> pods =
        new GeneratedCluster(GeneratedCluster.Size.of(rate * 10))
            .made()
            .filter(made -> made.kind() == Kind.POD)
            .toList();
    long begun = System.nanoTime();
    int gone = 0;
    for (int second = 0; second < seconds; second++) {
      int from = second % 10 * rate;
      inParallel(rate, i -> () -> replace(pods.get(from + i)));
      gone += rate;
      long early = begun + (second + 1) * (long) NANOS - System.nanoTime();
      if (early > 0) {
        Thread.sleep(early / (long) NANOS_IN_A_MILLI);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%d pods went and came again in %.0f s%n",
        gone,
        (System.nanoTime() - begun) / NANOS);
  }

  private long replace(GeneratedCluster.Made pod) throws Exception {
    String path = path(pod) + "/" + pod.name() + "?gracePeriodSeconds=0";
    send(path, "DELETE", "{}");
    return create(pod);
  }

  /** Calls each once, a few at a time; how long each took, in nanoseconds. */
  private static LongStream inParallel(int count, IntFunction<Callable<Long>> calls)
      throws InterruptedException, ExecutionException {
    AtomicInteger next = new AtomicInteger();
    Callable<LongStream> caller =
        () -> {
          LongStream.Builder nanos = LongStream.builder();
          for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            nanos.add(calls.apply(i).call());
          }
          return nanos.build();
        };
    LongStream all = LongStream.empty();
    try (ExecutorService threads = Executors.newFixedThreadPool(PARALLEL)) {
      List<Callable<LongStream>> callers =
          IntStream.range(0, PARALLEL).mapToObj(i -> caller).toList();
      for (Future<LongStream> each : threads.invokeAll(callers)) {
        all = LongStream.concat(all, each.get());
      }
    }
    return all;
  }

  private long create(GeneratedCluster.Made made) throws Exception {
    long begun = System.nanoTime();
    send(path(made), "POST", made.json());
    return System.nanoTime() - begun;
  }

  private void send(String path, String method, String body) throws Exception {
    HttpResponse<byte[]> answer =
        client
            .getHttpClient()
            .sendAsync(
                client
                    .getHttpClient()
                    .newHttpRequestBuilder()
                    .uri(client.getMasterUrl().toString().replaceFirst("/+$", "") + path)
                    .method(method, "application/json", body)
                    .build(),
                byte[].class)
            .get();
    if (!answer.isSuccessful() && answer.code() != CONFLICT) {
      throw new IOException(method + " " + path + ": " + new String(answer.body(), StandardCharsets.UTF_8));
    }
  }

  private static String path(GeneratedCluster.Made made) {
    Kind kind = made.kind();
    return (kind.group().isEmpty() ? "/api/v1" : "/apis/" + kind.apiVersion())
        + (kind.namespaced() ? "/namespaces/" + made.namespace() : "")
        + "/"
        + kind.plural();
  }
}
