package io.portcullis.realapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.portcullis.proof.Await;
import io.portcullis.tls.Pem;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A gate that keeps its certificate in a Secret, under everything that may happen to it. */
@ExtendWith(RealApi.class)
class CertificatesIT {
  private static final String CONFIGURATIONS =
      "mutatingwebhookconfigurations,validatingwebhookconfigurations";
  private static final String SYSTEM = "portcullis-system";
  private static final String SECRET = "portcullis-tls";

  private KubernetesClient client;
  private String registered;
  private Optional<Process> gate = Optional.empty();

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
  }

  @AfterEach
  void giveItBack(Plane plane) throws InterruptedException {
    if (gate.isPresent()) {
      gate.get().destroy();
      assertThat(gate.get().waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(
              plane.must(
                  "-n", SYSTEM, "get", "lease", "portcullis", "-o", "jsonpath={..holderIdentity}"))
          .as("given up for the next one")
          .isEmpty();
    }
    plane.must("-n", SYSTEM, "delete", "secret", SECRET, "--ignore-not-found");
    assertThat(register(plane).exit()).isZero();
    plane.start("gate");
    awaitTrust("given-back");
    client.close();
  }

  @Test
  void bothAuthoritiesAndCertificatesChangeWithoutOneCallThatFails(Plane plane) {
    start(plane, "--ca-life", "36s", "--leaf-life", "18s", "--overlap", "4s");
    X509Certificate authority = authorities().getFirst();
    X509Certificate certificate = certificate();
    try (SteadyCalls calls = new SteadyCalls(client, "default")) {
      Await.that("another certificate", () -> !certificate().equals(certificate));
      Await.that("a second authority", () -> authorities().size() == 2);
      assertThat(authorities()).contains(authority);
      Await.that("the first one goes", () -> !authorities().contains(authority));
      assertThat(calls.refused()).isGreaterThan(20);
      assertThat(calls.others()).isEmpty();
    }
    Await.that(
        "the metric says when it ends",
        () ->
            plane.metric("portcullis_certificate_expiry_seconds{use=\"serving\"}")
                == certificate().getNotAfter().toInstant().getEpochSecond());
  }

  @Test
  void whatIsOverwrittenLostOrBrokenIsPutRight(Plane plane) {
    start(plane);
    assertThat(register(plane).exit()).isZero();
    awaitTrust("overwritten");
    assertThat(bundles(plane)).hasSize(6).containsOnly(data("ca.crt"));
    Await.that(
        "both go with the namespace",
        () ->
            plane
                .must("get", CONFIGURATIONS, "-o", "jsonpath={..ownerReferences[*].name}")
                .equals(SYSTEM + " " + SYSTEM));

    X509Certificate first = authorities().getFirst();
    plane.must("-n", SYSTEM, "delete", "secret", SECRET);
    Await.that("it is made anew", () -> secret().isPresent());
    assertThat(authorities()).hasSize(2).endsWith(first);

    X509Certificate second = authorities().getFirst();
    plane.must(
        "-n",
        SYSTEM,
        "patch",
        "secret",
        SECRET,
        "-p",
        "{\"data\": {\"tls.crt\": \"bm90aGluZw==\"}}");
    Await.that(
        "it is written anew",
        () -> !data("tls.crt").equals("bm90aGluZw==") && !authorities().contains(second));
    awaitTrust("mended");
    assertThat(plane.management("/q/health/ready"))
        .contains("\"name\": \"certificate\"")
        .doesNotContain("DOWN");
  }

  private void start(Plane plane, String... options) {
    gate = Optional.of(plane.gate(options));
    Await.that("it answers", () -> !plane.management("/q/health/live").isEmpty());
    Await.that(
        "it is ready",
        () -> {
          String ready = plane.management("/q/health/ready");
          return ready.contains("UP") && !ready.contains("DOWN");
        });
    awaitTrust("started");
  }

  private Shell.Result register(Plane plane) {
    return plane.kubectlWith(registered, "replace", "-f", "-");
  }

  /**
   * Whether the API server trusts the gate is seen by what it refuses; else the gate is ignored.
   */
  private void awaitTrust(String name) {
    Await.that(
        "the gate is trusted",
        () -> SteadyCalls.ask(client, "default", name).equals(SteadyCalls.REFUSED));
  }

  private Optional<Secret> secret() {
    return Optional.ofNullable(client.secrets().inNamespace(SYSTEM).withName(SECRET).get());
  }

  private String data(String key) {
    return secret().map(Secret::getData).orElse(Map.of()).getOrDefault(key, "");
  }

  private List<X509Certificate> authorities() {
    return certificates("ca.crt");
  }

  private X509Certificate certificate() {
    return certificates("tls.crt").getFirst();
  }

  private List<X509Certificate> certificates(String key) {
    byte[] pem = Base64.getDecoder().decode(data(key));
    return Pem.certificates(new String(pem, StandardCharsets.US_ASCII));
  }

  private static List<String> bundles(Plane plane) {
    return List.of(
        plane
            .must("get", CONFIGURATIONS, "-o", "jsonpath={..clientConfig.caBundle}")
            .strip()
            .split(" "));
  }
}
