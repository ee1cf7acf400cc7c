package io.portcullis.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Manifests of many teams, to measure {@code check} with: each application is a Deployment, its
 * Service and a NetworkPolicy that names two others: who calls it, and whom it calls. The same
 * arguments give the same files.
 */
public final class Estate {
  private static final long SEED = 7;
  private static final List<String> NOUNS =
      List.of(
          "cart",
          "order",
          "payment",
          "catalog",
          "search",
          "user",
          "profile",
          "stock",
          "price",
          "invoice",
          "shipping",
          "review",
          "coupon",
          "gift",
          "mail",
          "push",
          "audit",
          "report",
          "ledger",
          "risk");
  private static final List<String> ROLES = List.of("api", "worker", "cache", "gateway", "store");

  private Estate() {}

  /** Writes an estate: {@code FOLDER TEAMS APPLICATIONS}, the latter in each team. */
  public static void main(String... args) throws IOException {
    write(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
  }

  /** Writes a file for each application, with three objects. */
  public static void write(Path folder, int teams, int applications) throws IOException {
    Files.createDirectories(folder);
    Random random = new Random(SEED);
    List<String> names = names(applications);
    for (int team = 0; team < teams; team++) {
      int step = 1 + random.nextInt(Math.max(1, applications - 1));
      for (int i = 0; i < applications; i++) {
        String text =
            application(
                "team-" + team,
                names.get(i),
                names.get(Math.floorMod(i - step, applications)),
                names.get(Math.floorMod(i + step, applications)),
                "team-" + random.nextInt(teams));
        Files.writeString(folder.resolve("team-%d-%s.yaml".formatted(team, names.get(i))), text);
      }
    }
  }

  private static List<String> names(int applications) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < applications; i++) {
      int round = i / (NOUNS.size() * ROLES.size());
      names.add(
          NOUNS.get(i % NOUNS.size())
              + "-"
              + ROLES.get(i / NOUNS.size() % ROLES.size())
              + (round == 0 ? "" : "-" + round));
    }
    return names;
  }

  private static String application(
      String namespace, String name, String caller, String callee, String elsewhere) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: %2$s
      namespace: %1$s
      labels:
        app.kubernetes.io/name: %2$s
    spec:
      replicas: 2
      selector:
        matchLabels:
          app.kubernetes.io/name: %2$s
      template:
        metadata:
          labels:
            app.kubernetes.io/name: %2$s
            app.kubernetes.io/part-of: shop
        spec:
          containers:
            - name: main
              image: registry.example.com/%2$s:1.2.3
              env:
                - name: LOG_LEVEL
                  value: info
                - name: PEER
                  value: http://%4$s
              ports:
                - name: http
                  containerPort: 8080
                - name: metrics
                  containerPort: 9090
              resources:
                requests: {cpu: 100m, memory: 128Mi}
              readinessProbe:
                httpGet: {path: /healthz, port: http}
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: %2$s
      namespace: %1$s
    spec:
      selector:
        app.kubernetes.io/name: %2$s
      ports:
        - name: http
          port: 80
          targetPort: http
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: %2$s
      namespace: %1$s
    spec:
      podSelector:
        matchLabels:
          app.kubernetes.io/name: %2$s
      policyTypes: [Ingress, Egress]
      ingress:
        - from:
            - podSelector:
                matchLabels:
                  app.kubernetes.io/name: %3$s
            - namespaceSelector:
                matchLabels:
                  kubernetes.io/metadata.name: %5$s
          ports:
            - port: 8080
      egress:
        - to:
            - podSelector:
                matchLabels:
                  app.kubernetes.io/name: %4$s
          ports:
            - port: 8080
        - to:
            - namespaceSelector: {}
              podSelector:
                matchLabels:
                  k8s-app: kube-dns
          ports:
            - {port: 53, protocol: UDP}
            - {port: 53, protocol: TCP}
    """
        .formatted(namespace, name, caller, callee, elsewhere);
  }
}
