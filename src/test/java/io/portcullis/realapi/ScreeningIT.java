package io.portcullis.realapi;

import static io.portcullis.realapi.Manifests.deployment;
import static io.portcullis.realapi.Manifests.ingress;
import static io.portcullis.realapi.Manifests.pod;
import static io.portcullis.realapi.Manifests.service;
import static io.portcullis.realapi.Manifests.tls;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.portcullis.proof.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a developer sees who types {@code kubectl apply}. */
@ExtendWith(RealApi.class)
class ScreeningIT {
  @Test
  void aGoodApplicationIsLetInWithoutAWord(Plane plane) {
    plane.namespace("good");
    plane.apply(deployment("good", "checkout"));
    plane.awaitInPicture("Deployment", "deployment", "checkout", "good");
    assertThat(plane.apply(service("good", "checkout", "checkout")))
        .isEqualTo("service/checkout created\n");
    plane.awaitInPicture("Service", "service", "checkout", "good");
    assertThat(
            plane.apply(ingress("good", "checkout", "good.example.com", tls("good.example.com"))))
        .isEqualTo("ingress.networking.k8s.io/checkout created\n");
  }

  @Test
  void aSlipInASelectorIsRefusedWithWhatWasMeant(Plane plane) {
    plane.namespace("slip");
    plane.apply(deployment("slip", "checkout"));
    plane.awaitInPicture("Deployment", "deployment", "checkout", "slip");
    Await.that("both pods are in the picture", () -> pods(plane, "slip") == 2);

    Shell.Result denied =
        plane.kubectlWith(service("slip", "checkout", "chekout"), "apply", "-f", "-");

    assertThat(denied.exit()).isEqualTo(1);
    assertThat(denied.output())
        .contains("admission webhook \"validate.portcullis.io\" denied the request:")
        .contains(
            "[service-selector] Service slip/checkout, spec.selector.app: no pod has app=chekout:"
                + " did you mean app=checkout (Deployment checkout, 2 pods)?")
        .contains("Fix: set app to \"checkout\" in the selector.")
        .containsPattern("\\(record [0-9a-f]{8}\\)");
    assertThat(plane.kubectl("-n", "slip", "get", "service", "checkout").exit()).isEqualTo(1);
  }

  @Test
  void anIngressWithoutTlsIsRefused(Plane plane) {
    plane.namespace("plain");
    Shell.Result denied =
        plane.kubectlWith(ingress("plain", "web", "plain.example.com", ""), "apply", "-f", "-");
    assertThat(denied.exit()).isEqualTo(1);
    assertThat(denied.output())
        .contains(
            "[ingress-tls] Ingress plain/web, spec.rules[0].host: \"plain.example.com\" is served"
                + " without TLS. Fix: add it to a spec.tls entry that names a kubernetes.io/tls"
                + " Secret.");
    assertThat(
            plane.kubectlWith(
                ingress("plain", "web", "plain.example.com", tls("plain.example.com")),
                "apply",
                "-f",
                "-"))
        .satisfies(allowed -> assertThat(allowed.exit()).isZero());
  }

  @Test
  void aServiceBeforeItsDeploymentIsLetInWithAWarning(Plane plane) {
    plane.namespace("early");
    assertThat(plane.apply(service("early", "inventory", "inventory")))
        .startsWith("Warning: [service-selector] Service early/inventory, spec.selector:")
        .endsWith("service/inventory created\n");
    assertThat(plane.apply(deployment("early", "inventory")))
        .isEqualTo("deployment.apps/inventory created\n");
  }

  @Test
  void aPodGetsTheLabelOfItsTier(Plane plane) {
    plane.namespace("front", "tier=frontend");
    plane.apply(pod("front", "web", "app: web"));
    assertThat(plane.must("-n", "front", "get", "pod", "web", "-o", "jsonpath={.metadata.labels}"))
        .isEqualTo("{\"app\":\"web\",\"tier\":\"frontend\"}");
  }

  @Test
  void aPodWithoutLabelsGetsTheLabelOfItsTier(Plane plane) {
    plane.namespace("database");
    plane.apply(pod("database", "bare", ""));
    assertThat(
            plane.must("-n", "database", "get", "pod", "bare", "-o", "jsonpath={.metadata.labels}"))
        .isEqualTo("{\"tier\":\"data\"}");
  }

  @Test
  void aPodThatComesRightAfterItsNamespaceGetsTheLabelToo(Plane plane) {
    for (int i = 0; i < 5; i++) {
      String name = "at-once-" + i;
      Shell.Result created =
          plane.kubectlWith(
              """
              apiVersion: v1
              kind: Namespace
              metadata: {name: %1$s, labels: {tier: frontend}}
              ---
              apiVersion: v1
              kind: ServiceAccount
              metadata: {name: default, namespace: %1$s}
              ---
              """
                      .formatted(name)
                  + pod(name, "web", "app: web"),
              "create",
              "-f",
              "-");
      assertThat(created.output()).contains("pod/web created");
      assertThat(
              plane.must("-n", name, "get", "pod", "web", "-o", "jsonpath={.metadata.labels.tier}"))
          .isEqualTo("frontend");
    }
  }

  @Test
  void aRunningPodDoesNotChangeItsTier(Plane plane) {
    plane.namespace("moves", "tier=frontend");
    plane.apply(pod("moves", "web", "app: web"));
    Shell.Result denied =
        plane.kubectl("-n", "moves", "label", "pod", "web", "tier=data", "--overwrite");
    assertThat(denied.exit()).isEqualTo(1);
    assertThat(denied.output()).contains("[tier-label] Pod moves/web, metadata.labels.tier:");

    Shell.Result throughStatus =
        plane.kubectl(
            "-n",
            "moves",
            "patch",
            "pod",
            "web",
            "--subresource=status",
            "--type=merge",
            "-p",
            "{\"metadata\":{\"labels\":{\"tier\":\"data\"}}}");
    assertThat(throughStatus.exit()).isEqualTo(1);
    assertThat(throughStatus.output()).contains("[tier-label]");

    assertThat(plane.kubectl("-n", "moves", "label", "pod", "web", "stage=test").exit()).isZero();
  }

  @Test
  void aServerSideDryRunIsJudgedAndStoresNothing(Plane plane) {
    plane.namespace("dry");
    Shell.Result denied =
        plane.kubectlWith(
            ingress("dry", "web", "dry.example.com", ""), "apply", "--dry-run=server", "-f", "-");
    assertThat(denied.exit()).isEqualTo(1);
    assertThat(denied.output()).contains("[ingress-tls] Ingress dry/web");
    JsonNode record = lastRecord(plane, "dry");
    assertThat(record.get("dryRun").asBoolean()).isTrue();
    assertThat(record.get("verdict").asText()).isEqualTo("deny");
  }

  @Test
  void everyDenialIsInBothAuditLogs(Plane plane) {
    plane.namespace("audited");
    plane.apply(service("audited", "web", "web"));
    plane.awaitInPicture("Service", "service", "web", "audited");
    plane.kubectlWith(ingress("audited", "web", "a.example.com", ""), "apply", "-f", "-");

    JsonNode record = lastRecord(plane, "audited");
    assertThat(record.get("kind").asText()).isEqualTo("Ingress");
    assertThat(record.get("name").asText()).isEqualTo("web");
    assertThat(record.get("operation").asText()).isEqualTo("CREATE");
    assertThat(record.get("user").asText()).isEqualTo("admin");
    assertThat(record.get("findings").get(0).get("rule").asText()).isEqualTo("ingress-tls");

    JsonNode annotations =
        Await.until(
            "the API server has logged the denial",
            () ->
                plane
                    .events()
                    .filter(event ->
                        event.path("objectRef").path("namespace").asText().equals("audited"))
                    .filter(event ->
                        event.path("objectRef").path("resource").asText().equals("ingresses"))
                    .map(event -> event.path("annotations"))
                    .filter(each -> each.has("validate.portcullis.io/verdict"))
                    .findFirst());
    assertThat(annotations.get("validate.portcullis.io/verdict").asText()).isEqualTo("deny");
    assertThat(annotations.get("validate.portcullis.io/rules").asText()).isEqualTo("ingress-tls");
    assertThat(annotations.get("validate.portcullis.io/record").asText())
        .isEqualTo(record.get("record").asText());
  }

  @Test
  void whatWasWrongBeforeCanStillBeLabelledAndMendedStepByStep(Plane plane) {
    plane.namespace("legacy");
    // Stored while the gate was away, as what was there before it was installed.
    plane.stop("gate");
    plane.apply(ingress("legacy", "old", "old.example.com", ""));
    plane.start("gate");

    assertThat(plane.must("-n", "legacy", "label", "ingress", "old", "owner=shop"))
        .isEqualTo("ingress.networking.k8s.io/old labeled\n");
    assertThat(
            plane.must(
                "-n",
                "legacy",
                "patch",
                "ingress",
                "old",
                "--type=json",
                "-p",
                "[{\"op\":\"replace\",\"path\":\"/spec/rules/0/http/paths/0/path\",\"value\":\"/x\"}]"))
        .startsWith("Warning: [ingress-tls] Ingress legacy/old, spec.rules[0].host:")
        .endsWith("ingress.networking.k8s.io/old patched\n");
  }

  private static double pods(Plane plane, String namespace) {
    long stored = plane.must("-n", namespace, "get", "pods", "-o", "name").lines().count();
    return stored == 2 && seen(plane, namespace) ? stored : 0;
  }

  private static boolean seen(Plane plane, String namespace) {
    String versions =
        plane.must(
            "-n",
            namespace,
            "get",
            "pods",
            "-o",
            "jsonpath={range .items[*]}{.metadata.resourceVersion}{'\\n'}{end}");
    double picture = plane.metric("portcullis_picture_version{kind=\"Pod\"}");
    return versions.lines().allMatch(version -> picture >= Double.parseDouble(version));
  }

  private static JsonNode lastRecord(Plane plane, String namespace) {
    return Await.until(
        "the gate has written a record",
        () ->
            plane
                .records()
                .filter(record -> record.path("namespace").asText().equals(namespace))
                .reduce((first, second) -> second));
  }
}
