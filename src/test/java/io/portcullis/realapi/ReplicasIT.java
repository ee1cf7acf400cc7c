package io.portcullis.realapi;

import static io.portcullis.realapi.Manifests.pod;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.portcullis.proof.Await;
import io.portcullis.proof.Proves;
import io.portcullis.proof.Table.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several gates on one Secret behind one address, as a Deployment runs them. */
@ExtendWith(RealApi.class)
@Tag("faults")
class ReplicasIT {
  private static final String SYSTEM = "portcullis-system";
  private static final String SECRET = "portcullis-tls";
  private static final String CONFIGURATIONS =
      "mutatingwebhookconfigurations,validatingwebhookconfigurations";
  private static final Map<String, String> DRAINING = Map.of("PORTCULLIS_DRAIN", "4s");

  private final List<Replica> replicas = new ArrayList<>();
  private KubernetesClient client;
  private Balancer balancer;
  private String registered;

  @BeforeEach
  void takeTheOtherGatesPlace(Plane plane) {
    client = plane.client();
    registered =
        plane
            .must("get", CONFIGURATIONS, "-o", "yaml")
            .lines()
            .filter(line -> !line.matches("    (resourceVersion|uid|generation):.*"))
            .reduce("", (text, line) -> text + line + "\n");
    plane.stop("gate");
    balancer = new Balancer();
    String balanced =
        registered.replace(
            "https://127.0.0.1:" + plane.option("gate_port"),
            "https://127.0.0.1:" + balancer.port());
    assertThat(plane.kubectlWith(balanced, "replace", "-f", "-").exit()).isZero();
  }

  @AfterEach
  void giveItBack(Plane plane) {
    replicas.forEach(Replica::close);
    balancer.close();
    plane.must("-n", SYSTEM, "delete", "secret", SECRET, "--ignore-not-found");
    assertThat(plane.kubectlWith(registered, "replace", "-f", "-").exit()).isZero();
    plane.start("gate");
    awaitTrust("given-back");
    client.close();
  }

  @Test
  @Proves(line = 7, value = "the settings' ConfigMap is deleted")
  void withoutTheConfigMapTheDefaultsHold(Plane plane, Figure figure) throws IOException {
    Replica gate = start(plane, "settings").awaitReady();
    Path settings = Path.of("src/test/resources/realapi/settings.yaml");
    try (Questions load = new Questions(gate.port())) {
      load.start(() -> Asked.right("default"), () -> Asked.wrong("default"));
      plane.must("-n", SYSTEM, "delete", "configmap", "portcullis");
      long deleted = System.nanoTime();
      Await.that(
          "the defaults hold",
          () -> gate.management("/q/health/ready").contains("\"version\": \"default\""));
      long taken = System.nanoTime() - deleted;
      assertThat(gate.metric("portcullis_settings_valid")).isEqualTo(1);
      assertThat(gate.isReady()).isTrue();
      load.await(100);
      load.check(gate::records);
      figure.is("%s; defaults in force after %d ms".formatted(load, taken / 1_000_000));
    } finally {
      plane.apply(Manifests.settings(Files.readString(settings)));
    }
  }

  @Test
  @Proves(line = 8, value = "the certificate's Secret is deleted, then corrupted")
  void theSecretIsDeletedAndCorruptedWithoutOneCallThatFails(Plane plane, Figure figure) {
    two(plane);
    try (SteadyCalls calls = new SteadyCalls(client, "default")) {
      plane.must("-n", SYSTEM, "delete", "secret", SECRET);
      Await.that("it is made anew", () -> !certificate().isEmpty());
      int before = calls.refused();
      Await.that("calls go on", () -> calls.refused() > before + 20);
      plane.must(
          "-n",
          SYSTEM,
          "patch",
          "secret",
          SECRET,
          "-p",
          "{\"data\": {\"tls.crt\": \"bm90aGluZw==\"}}");
      Await.that("it is written anew", () -> !certificate().equals("bm90aGluZw=="));
      int mended = calls.refused();
      Await.that("calls go on", () -> calls.refused() > mended + 20);
      assertThat(calls.others()).isEmpty();
      assertThat(replicas).allMatch(Replica::isReady);
      figure.is("%d calls through the API server, none failed".formatted(calls.refused()));
    }
  }

  @Test
  @Proves(line = 9, value = "two replicas at once answer alike")
  void twoReplicasAnswerAlike(Plane plane, Figure figure) throws IOException {
    two(plane);
    int asked = 0;
    try (Questions one = new Questions(replicas.get(0).port());
        Questions other = new Questions(replicas.get(1).port())) {
      for (int round = 0; round < 20; round++) {
        for (Asked each :
            List.of(
                Asked.right("default"),
                Asked.wrong("default"),
                Asked.service("default", "nobody", true))) {
          assertThat(one.ask(each).body()).isEqualTo(other.ask(each).body());
          asked++;
        }
      }
      one.check(replicas.get(0)::records);
      other.check(replicas.get(1)::records);
    }
    assertThat(
            plane.must(
                "-n", SYSTEM, "get", "lease", "portcullis", "-o", "jsonpath={..holderIdentity}"))
        .isNotEmpty();
    figure.is("%d reviews, each answered alike by both".formatted(asked));
  }

  @Test
  @Proves(line = 10, value = "a rolling restart under load")
  void aRollingRestartUnderLoadFailsNoReview(Plane plane, Figure figure) {
    two(plane);
    List<Replica> old = List.copyOf(replicas);
    try (SteadyCalls calls = new SteadyCalls(client, "default")) {
      for (Replica each : old) {
        Replica next = start(plane, "next-" + replicas.size()).awaitReady();
        Await.that("the new one gets connections", () -> balancer.leadsTo(next));
        each.terminate();
        Await.that("it says that it is not ready", () -> !each.isReady());
        assertThat(each.awaitEnd()).isZero();
        int before = calls.refused();
        Await.that("calls go on", () -> calls.refused() > before + 20);
      }
      calls.stop();
      assertThat(calls.others()).as("reviews that failed").isEmpty();
      awaitDenials(calls.refused());
      figure.is(
          "%d reviews through the API server while both replicas were replaced, none failed, each"
                  .formatted(calls.refused())
              + " denial once in the logs");
    }
  }

  @Test
  @Proves(line = 11, value = "SIGTERM in the middle of reviews")
  void sigtermInTheMiddleOfReviewsLosesNone(Plane plane, Figure figure) {
    Replica gate = start(plane, "terminated").awaitReady();
    try (Questions load = new Questions(gate.port())) {
      load.start(
          () -> Asked.right("default"),
          () -> Asked.wrong("default"),
          () -> Asked.right("default"),
          () -> Asked.wrong("default"));
      load.await(200);
      gate.terminate();
      Await.that("it says that it is not ready", () -> gate.status("/q/health/ready") == 503);
      // It is asked on for a while, until its endpoint is gone.
      load.await(50);
      load.stop();
      assertThat(gate.awaitEnd()).isZero();
      load.check(gate::records);
      figure.is("%s; ended with 0".formatted(load));
    }
  }

  @Test
  @Proves(line = 13, value = "a denial in a guarded namespace is in the log once")
  void aDenialThatTwoEntriesGiveIsInTheLogOnce(Plane plane, Figure figure) {
    Replica gate = start(plane, "guarding").awaitReady();
    Await.that("the API server asks it", () -> balancer.leadsTo(gate));
    awaitTrust("guarding");
    plane.must("create", "namespace", "guarded-once");
    plane.must("label", "namespace", "guarded-once", "portcullis.io/guard=true", "tier=frontend");
    Await.that(
        "it has its ServiceAccount",
        () -> plane.kubectl("-n", "guarded-once", "get", "serviceaccount", "default").exit() == 0);
    Await.that(
        "both entries are asked",
        () -> {
          plane.kubectlWith(
              pod("guarded-once", "asked", "tier: frontend"),
              "create",
              "--dry-run=server",
              "-f",
              "-");
          return gate.metric(
                  "portcullis_reviews_total{kind=\"Pod\",operation=\"CREATE\",verdict=\"allow\","
                      + "webhook=\"guard\"}")
              > 0;
        });
    for (int number = 0; number < 5; number++) {
      assertThat(
              plane
                  .kubectlWith(
                      pod("guarded-once", "wrong-" + number, "tier: data"), "create", "-f", "-")
                  .output())
          .contains("[tier-label]");
    }
    // Those of guard wait for six seconds: the process's end writes what is left.
    gate.terminate();
    assertThat(gate.awaitEnd()).isZero();
    assertThat(denials(gate).filter(line -> line.path("kind").asText().equals("Pod")))
        .extracting(line -> line.path("name").asText())
        .containsExactly("wrong-0", "wrong-1", "wrong-2", "wrong-3", "wrong-4");
    figure.is("5 denials by two entries each, 5 records");
  }

  private void two(Plane plane) {
    Replica one = start(plane, "one");
    Replica other = start(plane, "other");
    one.awaitReady();
    other.awaitReady();
    Await.that("both get connections", () -> balancer.leadsTo(one) && balancer.leadsTo(other));
    awaitTrust("started");
  }

  private Replica start(Plane plane, String name) {
    Replica replica = Replica.launch(plane, name, plane.file("gate.kubeconfig"), DRAINING);
    replicas.add(replica);
    balancer.add(replica);
    return replica;
  }

  /** Whether the API server trusts the gate is seen by what it refuses. */
  private void awaitTrust(String name) {
    Await.that(
        "the gate is trusted",
        () -> SteadyCalls.ask(client, "default", name).equals(SteadyCalls.REFUSED));
  }

  private void awaitDenials(int refused) {
    Await.that("every denial is in the logs", () -> steady() >= refused);
    assertThat(steady()).as("and once").isEqualTo(refused);
  }

  private long steady() {
    return replicas.stream()
        .flatMap(ReplicasIT::denials)
        .filter(line -> line.path("name").asText().startsWith("steady-"))
        .count();
  }

  private static Stream<JsonNode> denials(Replica replica) {
    return replica.records().filter(line -> line.path("verdict").asText().equals("deny"));
  }

  private String certificate() {
    return java.util.Optional.ofNullable(
            client.secrets().inNamespace(SYSTEM).withName(SECRET).get())
        .map(secret -> secret.getData().getOrDefault("tls.crt", ""))
        .orElse("");
  }
}
