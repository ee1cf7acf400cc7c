package io.portcullis.realapi;

import static io.portcullis.realapi.Manifests.deployment;
import static io.portcullis.realapi.Manifests.ingress;
import static io.portcullis.realapi.Manifests.tls;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.proof.Await;
import io.portcullis.proof.Proves;
import io.portcullis.proof.Table.Figure;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What becomes of reviews while the API server is away, says nonsense or says nothing: what is
 * right is let in, what is wrong by itself is refused, and what would need the API server's word to
 * be refused is let in with a warning.
 */
@ExtendWith(RealApi.class)
@Tag("faults")
class ApiServerFaultsIT {
  private static final String NAMESPACE = "faults";
  private static final Map<String, String> IMPATIENT = Map.of("PORTCULLIS_WATCH_SILENCE", "5s");

  private Optional<ApiProxy> proxy = Optional.empty();
  private Optional<Replica> replica = Optional.empty();

  @BeforeEach
  void anApplication(Plane plane) {
    if (plane.kubectl("get", "namespace", NAMESPACE).exit() != 0) {
      plane.namespace(NAMESPACE);
      plane.apply(deployment(NAMESPACE, "checkout"));
      plane.awaitInPicture("Deployment", "deployment", "checkout", NAMESPACE);
    }
  }

  @AfterEach
  void close() {
    replica.ifPresent(Replica::close);
    proxy.ifPresent(ApiProxy::close);
  }

  @Test
  @Proves(line = 1, value = "the API server is gone under load and comes back")
  void theApiServerIsGoneUnderLoadAndComesBack(Plane plane, Figure figure) throws IOException {
    try (Questions load = new Questions(Integer.parseInt(plane.option("gate_port")))) {
      start(load);
      load.await(200);
      assertThat(ask(load, "chekout").denied()).as("while the API server is there").isTrue();
      plane.stop("apiserver");
      load.await(500);
      assertThat(ask(load, "chekout").body())
          .as("nobody can say that it is so: a warning")
          .contains("\"allowed\":true", "did you mean app=checkout");
      assertThat(plane.management("/q/health/ready")).contains("UP").doesNotContain("DOWN");
      plane.start("apiserver");
      long back = System.nanoTime();
      Await.that("it is refused again", () -> refused(load, "chekout"));
      long refusing = System.nanoTime() - back;
      plane.apply(deployment(NAMESPACE, "after-the-outage"));
      plane.awaitInPicture("Deployment", "deployment", "after-the-outage", NAMESPACE);
      load.check(plane::records);
      figure.is(
          "%s; confirming again %d ms after the API server was ready"
              .formatted(load, Duration.ofNanos(refusing).toMillis()));
    }
  }

  @Test
  @Proves(line = 2, value = "watches go silent, bookmarks included")
  void silentWatchesAreOpenedAnewAndAStalePictureRefusesNothingRight(Plane plane, Figure figure)
      throws IOException {
    Replica gate = proxied(plane);
    try (Questions load = new Questions(gate.port())) {
      start(load);
      awaitRefused(load);
      proxy().is(new ApiProxy.Fault.SilentWatches());
      plane.apply(deployment(NAMESPACE, "chekout"));
      long silent = System.nanoTime();
      assertThat(ask(load, "chekout").denied())
          .as("a Deployment of this name exists, which the picture does not know")
          .isFalse();
      assertThat(gate.isReady()).isTrue();
      awaitVersion(plane, gate, "chekout");
      long seen = System.nanoTime() - silent;
      load.check(gate::records);
      figure.is(
          "%s; seen again after %d ms, with watches that may be silent for 5 s"
              .formatted(load, Duration.ofNanos(seen).toMillis()));
    } finally {
      plane.must("-n", NAMESPACE, "delete", "deployment", "chekout");
      awaitGone(plane);
    }
  }

  @Test
  @Proves(line = 3, value = "410: the API server has forgotten the version")
  void afterAForgottenVersionEverythingIsListedAgain(Plane plane, Figure figure)
      throws IOException {
    Replica gate = proxied(plane);
    try (Questions load = new Questions(gate.port())) {
      start(load);
      double before = gate.metric("portcullis_picture_objects{kind=\"Deployment\"}");
      proxy().is(new ApiProxy.Fault.Status(410, true));
      plane.apply(deployment(NAMESPACE, "listed-again"));
      load.await(200);
      proxy().is(new ApiProxy.Fault.None());
      long mended = System.nanoTime();
      awaitVersion(plane, gate, "listed-again");
      long seen = System.nanoTime() - mended;
      assertThat(gate.metric("portcullis_picture_objects{kind=\"Deployment\"}"))
          .isEqualTo(before + 1);
      awaitRefused(load);
      assertThat(gate.isReady()).isTrue();
      load.check(gate::records);
      figure.is("%s; seen %d ms later".formatted(load, Duration.ofNanos(seen).toMillis()));
    }
  }

  @Test
  @Proves(line = 4, value = "429 from the API server")
  void tooManyRequests(Plane plane, Figure figure) throws IOException {
    answers(plane, 429, figure);
  }

  @Test
  @Proves(line = 5, value = "500 from the API server")
  void internalErrors(Plane plane, Figure figure) throws IOException {
    answers(plane, 500, figure);
  }

  private void answers(Plane plane, int code, Figure figure) throws IOException {
    Replica gate = proxied(plane);
    try (Questions load = new Questions(gate.port())) {
      start(load);
      awaitRefused(load);
      proxy().is(new ApiProxy.Fault.Status(code, false));
      load.await(500);
      assertThat(ask(load, "chekout").body())
          .contains("\"allowed\":true", "did you mean app=checkout");
      assertThat(gate.isReady()).isTrue();
      plane.apply(deployment(NAMESPACE, "during-" + code));
      proxy().is(new ApiProxy.Fault.None());
      long mended = System.nanoTime();
      awaitVersion(plane, gate, "during-" + code);
      long seen = System.nanoTime() - mended;
      awaitRefused(load);
      load.check(gate::records);
      figure.is(
          "%s; picture up to date %d ms after it ended"
              .formatted(load, Duration.ofNanos(seen).toMillis()));
    }
  }

  @Test
  @Proves(line = 6, value = "the right to one kind is taken away")
  void withoutTheRightToOneKindNothingRightIsRefusedAndReadinessSaysSo(Plane plane, Figure figure)
      throws IOException {
    String role = plane.must("get", "clusterrole", "portcullis", "-o", "json");
    plane.namespace("claims");
    plane.apply(ingress("claims", "web", "claimed.example.com", tls("claimed.example.com")));
    Replica gate = proxied(plane);
    try (Questions load = new Questions(gate.port())) {
      start(load);
      plane.mustWith(role.replace("\"ingresses\",", ""), "replace", "-f", "-");
      Await.that(
          "the API server knows",
          () ->
              plane
                      .kubectl(
                          "auth",
                          "can-i",
                          "list",
                          "ingresses",
                          "--as",
                          "system:serviceaccount:portcullis-system:portcullis")
                      .exit()
                  != 0);
      proxy().cut();
      load.await(300);
      assertThat(gate.isReady()).as("what was listed once is judged on").isTrue();
      try (Replica fresh =
          Replica.launch(
              plane,
              "without-ingresses",
              plane.file("gate.kubeconfig"),
              Map.of(),
              certDir(plane))) {
        Await.that(
            "a new one is not ready and says why",
            () -> fresh.management("/q/health/ready").contains("ingresses"));
        assertThat(fresh.status("/q/health/ready")).isEqualTo(503);
        plane.mustWith(role, "replace", "--force", "-f", "-");
        long given = System.nanoTime();
        Await.that(Duration.ofSeconds(90), "it is ready", fresh::isReady);
        load.check(gate::records);
        figure.is(
            "%s; a new replica says what it waits for, ready %d s after the right was back"
                .formatted(load, Duration.ofNanos(System.nanoTime() - given).toSeconds()));
      }
    } finally {
      plane.must("apply", "-f", "k8s/base/rbac.yaml");
    }
  }

  private static void start(Questions load) {
    load.start(
        () -> Asked.right(NAMESPACE),
        () -> Asked.wrong(NAMESPACE),
        () -> Asked.service(NAMESPACE, "checkout", true));
  }

  private static Questions.Answer ask(Questions load, String app) throws IOException {
    return load.ask(Asked.service(NAMESPACE, app, false));
  }

  /** Not each time: the others ask for as many confirmations as the gate makes. */
  private static void awaitRefused(Questions load) {
    Await.that("what is wrong is refused", () -> refused(load, "chekout"));
  }

  private static boolean refused(Questions load, String app) {
    try {
      return ask(load, app).denied();
    } catch (IOException e) {
      return false;
    }
  }

  private Replica proxied(Plane plane) {
    ApiProxy made = new ApiProxy(plane);
    proxy = Optional.of(made);
    Replica started =
        Replica.launch(plane, "proxied", made.kubeconfig(plane), IMPATIENT, certDir(plane));
    replica = Optional.of(started);
    return started.awaitReady();
  }

  /** Its certificate is the plane's, so that it writes nothing into the cluster. */
  private static String certDir(Plane plane) {
    return "--cert-dir=" + plane.file("certs");
  }

  private ApiProxy proxy() {
    return proxy.orElseThrow();
  }

  private static void awaitVersion(Plane plane, Replica gate, String name) {
    double version =
        Double.parseDouble(
            plane.must(
                "-n",
                NAMESPACE,
                "get",
                "deployment",
                name,
                "-o",
                "jsonpath={.metadata.resourceVersion}"));
    Await.that(
        "the picture has seen Deployment " + name,
        () -> gate.metric("portcullis_picture_version{kind=\"Deployment\"}") >= version);
  }

  private static void awaitGone(Plane plane) {
    Await.that(
        "the picture has forgotten it",
        () ->
            plane
                .kubectlWith(
                    Manifests.service(NAMESPACE, "gone", "chekout"),
                    "create",
                    "--dry-run=server",
                    "-f",
                    "-")
                .output()
                .contains("did you mean app=checkout"));
  }
}
