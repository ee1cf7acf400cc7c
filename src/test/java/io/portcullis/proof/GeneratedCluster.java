package io.portcullis.proof;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.portcullis.cluster.Cluster;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.read.ObjectReader;
import io.portcullis.reach.ReachMap;
import io.portcullis.reach.Roster;
import io.portcullis.reach.Scene;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A cluster of a realistic mix: namespaces in four tiers, nine of ten isolated by a default-deny;
 * Deployments of five pods, a Service for every third; policies that open DNS and the way from an
 * application to one of the next tier; Ingresses of hosts of their own. Pods name their Deployment
 * as what makes them, as if there were no ReplicaSets between. Equal sizes and seeds give equal
 * objects, as JSON that an API server takes.
 */
public final class GeneratedCluster {
  private static final int PODS_PER_WORKLOAD = 5;
  private static final int WORKLOADS_PER_NAMESPACE = 10;
  private static final List<String> TIERS =
      List.of("frontend", "api-gateway", "business-logic", "data");
  private static final List<Kind> KINDS =
      List.of(Kind.NAMESPACE, Kind.DEPLOYMENT, Kind.SERVICE, Kind.NETWORK_POLICY, Kind.INGRESS);
  private static final String CONTAINERS =
      """
      "containers":[{"name":"main","image":"registry.example.com/app:1",\
      "ports":[{"name":"http","containerPort":8080,"protocol":"TCP"},\
      {"name":"metrics","containerPort":9090,"protocol":"TCP"}]}]\
      """;
  private static final String DNS =
      """
      ,"egress":[{"to":[{"namespaceSelector":{"matchLabels":\
      {"kubernetes.io/metadata.name":"kube-system"}},\
      "podSelector":{"matchLabels":{"k8s-app":"kube-dns"}}}],\
      "ports":[{"protocol":"UDP","port":53},{"protocol":"TCP","port":53}]}]\
      """;
  private static final JsonFactory JSON = new JsonFactory();

  /** How many of each. Namespaces and workloads follow from the pods. */
  public record Size(int pods, int services, int policies, int ingresses) {
    /** So many pods, and of the rest what such clusters have. */
    public static Size of(int pods) {
      return new Size(pods, pods / 15, pods / 20, pods / 50);
    }

    public int workloads() {
      return Math.max(1, pods / PODS_PER_WORKLOAD);
    }

    public int namespaces() {
      return Math.max(1, workloads() / WORKLOADS_PER_NAMESPACE);
    }
  }

  /** One object as JSON. */
  public record Made(Kind kind, String namespace, String name, String json) {}

  private static final long SEED = 7;

  private final Size size;
  private final long seed;

  /** The cluster of that size which benchmarks use. */
  public GeneratedCluster(Size size) {
    this(size, SEED);
  }

  /**
   * @param seed decides which applications call each other
   */
  public GeneratedCluster(Size size, long seed) {
    this.size = size;
    this.seed = seed;
  }

  /**
   * Writes the cluster's manifests, without its pods, into a folder: {@code FOLDER PODS [SERVICES
   * POLICIES INGRESSES [SEED]]}. The Deployments stand for their pods. Prints how many connections
   * there are.
   */
  public static void main(String... args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    int[] sizes = Stream.of(args).skip(1).limit(4).mapToInt(Integer::parseInt).toArray();
    GeneratedCluster cluster =
        new GeneratedCluster(
            sizes.length == 1
                ? Size.of(sizes[0])
                : new Size(sizes[0], sizes[1], sizes[2], sizes[3]),
            args.length > 5 ? Long.parseLong(args[5]) : SEED);
    for (Kind kind : KINDS) {
      Path file = folder.resolve(kind.text() + ".yaml");
      try (PrintStream out =
          new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
        cluster
            .made()
            .filter(made -> made.kind() == kind)
            .forEach(made -> out.println("---\n" + made.json()));
      }
    }
    System.out.printf(
        "%s, seed %d: %d connections%n", cluster.size, cluster.seed, cluster.connections());
  }

  /** How many pairs of a workload and another, or addresses, can connect on some port. */
  public long connections() {
    Cluster cluster = Cluster.of(objects().filter(object -> object.kind() != Kind.POD).toList());
    ReachMap map =
        ReachMap.of(
            new Scene(
                cluster,
                Roster.of(cluster, List.of(), (_, labels) -> labels),
                List.of(),
                List.of()));
    return IntStream.range(0, map.peers().size()).mapToLong(peer -> map.from(peer).size()).sum();
  }

  /** All objects in the order in which they could be created. */
  public Stream<Made> made() {
    return Stream.of(namespaces(), deployments(), services(), pods(), policies(), ingresses())
        .flatMap(part -> part);
  }

  /** The same as the picture holds them. */
  public Stream<KubeObject> objects() {
    return made().map(GeneratedCluster::read);
  }

  /** The object that the JSON says. */
  public static KubeObject read(Made made) {
    try (JsonParser parser = JSON.createParser(made.json())) {
      parser.nextToken();
      return ObjectReader.read(made.kind(), parser).object().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream<Made> namespaces() {
    return IntStream.range(0, size.namespaces())
        .mapToObj(n ->
            made(
                Kind.NAMESPACE,
                "",
                namespace(n),
                "\"labels\":{\"kubernetes.io/metadata.name\":\"%s\",\"tier\":\"%s\"}"
                    .formatted(namespace(n), tier(n)),
                ""));
  }

  private Stream<Made> deployments() {
    return IntStream.range(0, size.workloads())
        .mapToObj(w ->
            made(
                Kind.DEPLOYMENT,
                namespaceOf(w),
                app(w),
                "\"labels\":{\"app\":\"%s\"}".formatted(app(w)),
                """
                "spec":{"replicas":%d,"selector":{"matchLabels":{"app":"%s"}},\
                "template":{"metadata":{"labels":{%s}},"spec":{%s}}}\
                """
                    .formatted(PODS_PER_WORKLOAD, app(w), labels(w), CONTAINERS)));
  }

  private Stream<Made> services() {
    return IntStream.range(0, size.services())
        .mapToObj(s -> {
          int w = s % size.workloads();
          int port = 80 + s / size.workloads();
          return made(
              Kind.SERVICE,
              namespaceOf(w),
              app(w) + "-" + port,
              "",
              """
              "spec":{"selector":{"app":"%s"},"ports":[{"name":"http","port":%d,\
              "protocol":"TCP","targetPort":"http"}]}\
              """
                  .formatted(app(w), port));
        });
  }

  private Stream<Made> pods() {
    return IntStream.range(0, size.pods())
        .mapToObj(p -> {
          int w = p / PODS_PER_WORKLOAD % size.workloads();
          return made(
              Kind.POD,
              namespaceOf(w),
              app(w) + "-" + p,
              """
              "labels":{%s,"pod-template-hash":"7d9f6c5b8"},"ownerReferences":[{\
              "apiVersion":"apps/v1","kind":"Deployment","name":"%s","uid":"%d",\
              "controller":true}]\
              """
                  .formatted(labels(w), app(w), w),
              """
              "spec":{%s},"status":{"phase":"Running","podIP":"10.%d.%d.%d"}\
              """
                  .formatted(CONTAINERS, 128 + (p >> 16), p >> 8 & 255, p & 255));
        });
  }

  private Stream<Made> policies() {
    int isolated = Math.max(1, size.namespaces() * 9 / 10);
    return IntStream.range(0, size.policies())
        .mapToObj(p -> {
          int n = p % isolated;
          int round = p / isolated;
          return switch (round) {
            case 0 -> policy(n, "default-deny", "{}", "");
            case 1 -> policy(n, "allow-dns", "{}", DNS);
            default -> flow(n, (round - 2) % WORKLOADS_PER_NAMESPACE);
          };
        });
  }

  /** One application of a namespace takes calls from the tier before and calls one of the next. */
  private Made flow(int n, int application) {
    int w = Math.min(n * WORKLOADS_PER_NAMESPACE + application, size.workloads() - 1);
    int next = called(w, n);
    return policy(
        n,
        app(w),
        "{\"matchLabels\":{\"app\":\"%s\"}}".formatted(app(w)),
        """
        ,"ingress":[{"from":[{"namespaceSelector":{"matchLabels":{"tier":"%s"}}},\
        {"podSelector":{}}],"ports":[{"protocol":"TCP","port":8080}]}],\
        "egress":[{"to":[{"namespaceSelector":{"matchLabels":\
        {"kubernetes.io/metadata.name":"%s"}},"podSelector":{"matchLabels":{"app":"%s"}}}],\
        "ports":[{"protocol":"TCP","port":8080}]}]\
        """
            .formatted(tier(n + TIERS.size() - 1), namespaceOf(next), app(next)));
  }

  /** Some application of a namespace of the next tier. */
  private int called(int w, int n) {
    SplittableRandom random = new SplittableRandom(seed * size.workloads() + w);
    int round = random.nextInt(Math.max(1, size.namespaces() / TIERS.size()));
    int called = round * TIERS.size() + (n + 1) % TIERS.size();
    return Math.min(
        called * WORKLOADS_PER_NAMESPACE + random.nextInt(WORKLOADS_PER_NAMESPACE),
        size.workloads() - 1);
  }

  private static Made policy(int n, String name, String podSelector, String rules) {
    return made(
        Kind.NETWORK_POLICY,
        namespace(n),
        name,
        "",
        "\"spec\":{\"podSelector\":%s,\"policyTypes\":[\"Ingress\",\"Egress\"]%s}"
            .formatted(podSelector, rules));
  }

  private Stream<Made> ingresses() {
    return IntStream.range(0, size.ingresses())
        .mapToObj(i -> {
          int w = i % Math.min(size.services(), size.workloads());
          String host = "app-%d.example.com".formatted(i);
          return made(
              Kind.INGRESS,
              namespaceOf(w),
              "app-" + i,
              "",
              """
              "spec":{"ingressClassName":"nginx","tls":[{"hosts":["%s"],"secretName":"tls-%d"}],\
              "rules":[{"host":"%s","http":{"paths":[{"path":"/","pathType":"Prefix",\
              "backend":{"service":{"name":"%s-80","port":{"number":80}}}}]}}]}\
              """
                  .formatted(host, i, host, app(w)));
        });
  }

  private static Made made(Kind kind, String namespace, String name, String meta, String body) {
    String json =
        "{\"apiVersion\":\"%s\",\"kind\":\"%s\",\"metadata\":{\"name\":\"%s\"%s%s}%s}"
            .formatted(
                kind.apiVersion(),
                kind.text(),
                name,
                namespace.isEmpty() ? "" : ",\"namespace\":\"" + namespace + "\"",
                meta.isEmpty() ? "" : "," + meta,
                body.isEmpty() ? "" : "," + body);
    return new Made(kind, namespace, name, json);
  }

  private static String labels(int w) {
    return "\"app\":\"%s\",\"app.kubernetes.io/part-of\":\"%s\",\"tier\":\"%s\""
        .formatted(app(w), namespaceOf(w), tier(w / WORKLOADS_PER_NAMESPACE));
  }

  private static String app(int w) {
    return "app-" + w;
  }

  private static String namespaceOf(int w) {
    return namespace(w / WORKLOADS_PER_NAMESPACE);
  }

  private static String namespace(int n) {
    return "team-" + n;
  }

  private static String tier(int n) {
    return TIERS.get(n % TIERS.size());
  }
}
