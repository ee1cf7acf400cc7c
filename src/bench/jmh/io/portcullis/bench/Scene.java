package io.portcullis.bench;

import io.portcullis.admission.Gate;
import io.portcullis.admission.Outcome;
import io.portcullis.admission.Reading;
import io.portcullis.admission.Review;
import io.portcullis.admission.ReviewReader;
import io.portcullis.admission.Webhook;
import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Delta;
import io.portcullis.cluster.Picture;
import io.portcullis.judge.Confirmation;
import io.portcullis.judge.Deadline;
import io.portcullis.judge.Judge;
import io.portcullis.proof.GeneratedCluster;
import io.portcullis.rules.RuleBook;
import io.portcullis.settings.Settings;
import io.portcullis.settings.SettingsReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A gate before a generated cluster, and reviews to ask it about. */
final class Scene {
  private static final String SETTINGS =
      """
      tiers:
        label: tier
        flows:
          - {from: world, to: frontend, ports: [TCP/8080]}
          - {from: frontend, to: api-gateway, ports: [TCP/8080]}
          - {from: api-gateway, to: business-logic, ports: [TCP/8080]}
          - {from: business-logic, to: data, ports: [TCP/8080]}
      addresses:
        nodes: [192.168.0.0/16]
        pods: [10.128.0.0/9]
        services: [10.96.0.0/12]
      """;

  private static final Settings SETTINGS_IN_FORCE = settings();

  private final Cluster cluster;
  private final Gate gate;

  Scene(GeneratedCluster.Size size) {
    cluster = picture(size);
    gate =
        new Gate(
            new Judge(RuleBook.standard()),
            Picture.fixed(cluster),
            () -> SETTINGS_IN_FORCE,
            Confirmation.THE_PICTURE,
            Clock.systemUTC());
  }

  /** The picture of a generated cluster. */
  static Cluster picture(GeneratedCluster.Size size) {
    Cluster[] picture = {Cluster.EMPTY};
    new GeneratedCluster(size)
        .objects()
        .forEach(
            object ->
                picture[0] =
                    picture[0].apply(Delta.between(Optional.empty(), Optional.of(object))));
    return picture[0];
  }

  Cluster cluster() {
    return cluster;
  }

  /** Reads a body and decides it, as a thread of the server does. */
  Outcome ask(Webhook webhook, byte[] body) {
    return switch (ReviewReader.read(body)) {
      case Review review ->
          gate.decide(webhook, review, Deadline.in(Duration.ofSeconds(10), System::nanoTime));
      case Reading wrong -> throw new IllegalStateException(wrong.toString());
    };
  }

  private static Settings settings() {
    return switch (SettingsReader.read(SETTINGS, "bench")) {
      case SettingsReader.Result.Valid valid -> valid.settings();
      case SettingsReader.Result.Invalid invalid ->
          throw new IllegalStateException(invalid.problems().toString());
    };
  }

  /** The review of an object that is created. */
  static byte[] created(String group, String kind, String resource, String namespace, String object) {
    return """
    {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":\
    {"uid":"0fd630f1-f29d-4da9-953f-48f1a09f76b5",\
    "kind":{"group":"%1$s","version":"v1","kind":"%2$s"},\
    "resource":{"group":"%1$s","version":"v1","resource":"%3$s"},\
    "requestKind":{"group":"%1$s","version":"v1","kind":"%2$s"},\
    "requestResource":{"group":"%1$s","version":"v1","resource":"%3$s"},\
    "name":"new","namespace":"%4$s","operation":"CREATE",\
    "userInfo":{"username":"kubernetes-admin","groups":["system:authenticated"]},\
    "object":%5$s,"oldObject":null,"dryRun":false,"options":null}}"""
        .formatted(group, kind, resource, namespace, object)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A Service of {@code team-0} that selects pods by this value of {@code app}. */
  static byte[] service(String app) {
    return created(
        "",
        "Service",
        "services",
        "team-0",
        """
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"new","namespace":"team-0"},\
        "spec":{"type":"ClusterIP","selector":{"app":"%s"},\
        "ports":[{"name":"http","port":8080,"protocol":"TCP","targetPort":"http"}]}}"""
            .formatted(app));
  }

  /** An Ingress of {@code team-0} with this host, to a Service that is there. */
  static byte[] ingress(String host) {
    return created(
        "networking.k8s.io",
        "Ingress",
        "ingresses",
        "team-0",
        """
        {"apiVersion":"networking.k8s.io/v1","kind":"Ingress",\
        "metadata":{"name":"new","namespace":"team-0"},"spec":{"ingressClassName":"nginx",\
        "tls":[{"hosts":["%1$s"],"secretName":"new"}],"rules":[{"host":"%1$s","http":{"paths":\
        [{"path":"/","pathType":"Prefix","backend":{"service":{"name":"app-0-80",\
        "port":{"number":80}}}}]}}]}}"""
            .formatted(host));
  }

  /** A pod of {@code team-0} without its tier label. */
  static byte[] pod() {
    return created(
        "",
        "Pod",
        "pods",
        "team-0",
        """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"new","namespace":"team-0",\
        "labels":{"app":"app-0"}},"spec":{"containers":[{"name":"main","image":"app:1",\
        "ports":[{"containerPort":8080,"protocol":"TCP"}]}]}}""");
  }

  /** A policy over all pods of {@code team-1}, which lets in the tier before it. */
  static byte[] flow() {
    return flow("\"matchLabels\":{\"tier\":\"frontend\"}");
  }

  /** The same, letting in the hundred workloads of ten namespaces. */
  static byte[] flowFromTen() {
    String names =
        IntStream.range(0, 10).mapToObj(n -> "\"team-" + 4 * n + "\"").collect(Collectors.joining(","));
    return flow(
        "\"matchExpressions\":[{\"key\":\"kubernetes.io/metadata.name\",\"operator\":\"In\","
            + "\"values\":["
            + names
            + "]}]");
  }

  private static byte[] flow(String namespaces) {
    return created(
        "networking.k8s.io",
        "NetworkPolicy",
        "networkpolicies",
        "team-1",
        """
        {"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy",\
        "metadata":{"name":"new","namespace":"team-1"},"spec":{"podSelector":{},\
        "policyTypes":["Ingress"],"ingress":[{"from":[{"namespaceSelector":{%s}}],\
        "ports":[{"protocol":"TCP","port":8080}]}]}}"""
            .formatted(namespaces));
  }

  /** A policy of {@code team-0} whose ipBlock is this. */
  static byte[] ipBlock(String cidr) {
    return created(
        "networking.k8s.io",
        "NetworkPolicy",
        "networkpolicies",
        "team-0",
        """
        {"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy",\
        "metadata":{"name":"new","namespace":"team-0"},"spec":{"podSelector":{"matchLabels":\
        {"app":"app-0"}},"policyTypes":["Egress"],"egress":[{"to":[{"ipBlock":{"cidr":"%s"}}],\
        "ports":[{"protocol":"TCP","port":443}]}]}}"""
            .formatted(cidr));
  }
}
