package io.portcullis.realapi;

import static io.portcullis.realapi.Manifests.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whom a NetworkPolicy means, seen from it and from those whom it means. */
@ExtendWith(RealApi.class)
class PeersIT {
  private static final String POLICY =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: web, namespace: %s}
      spec:
        podSelector: {}
        ingress: [{from: [%s]}]
      """;

  @Test
  void theNameOfANamespaceUnderALabelThatItDoesNotHaveIsRefused(Plane plane) {
    plane.namespace("peer-store");
    plane.namespace("peer-web");
    String wrong =
        POLICY.formatted("peer-web", "{namespaceSelector: {matchLabels: {name: peer-store}}}");

    Shell.Result denied = plane.kubectlWith(wrong, "apply", "-f", "-");

    assertThat(denied.exit()).isEqualTo(1);
    assertThat(denied.output())
        .contains("[policy-selects-nothing] NetworkPolicy peer-web/web")
        .contains("did you mean kubernetes.io/metadata.name=peer-store");
    assertThat(
            plane.apply(
                wrong.replace("{name: peer-store}", "{kubernetes.io/metadata.name: peer-store}")))
        .isEqualTo("networkpolicy.networking.k8s.io/web created\n");
  }

  @Test
  void aNamespaceDoesNotSlipOutOfAPolicy(Plane plane) {
    plane.namespace("peer-stage", "stage=production");
    plane.namespace("peer-guard");
    plane.apply(
        POLICY.formatted("peer-guard", "{namespaceSelector: {matchLabels: {stage: production}}}"));
    plane.awaitInPicture("NetworkPolicy", "networkpolicy", "web", "peer-guard");

    Shell.Result denied =
        plane.kubectl("label", "namespace", "peer-stage", "--overwrite", "stage=prodution");

    assertThat(denied.exit()).isEqualTo(1);
    assertThat(denied.output())
        .contains("[policy-selects-nothing] Namespace peer-stage, metadata.labels.stage:")
        .contains("did you mean stage=production?");
    plane.must("label", "namespace", "peer-stage", "team=web");
  }

  @Test
  void aTemplateDoesNotSlipOutOfAPolicysPeer(Plane plane) {
    plane.namespace("peer-pods");
    String frontend =
        deployment("peer-pods", "frontend")
            .replace(
                "metadata: {labels: {app: frontend}}",
                "metadata: {labels: {app: frontend, part: frontend}}");
    plane.apply(frontend);
    plane.apply(POLICY.formatted("peer-pods", "{podSelector: {matchLabels: {part: frontend}}}"));
    plane.awaitInPicture("NetworkPolicy", "networkpolicy", "web", "peer-pods");
    plane.awaitInPicture("Deployment", "deployment", "frontend", "peer-pods");

    Shell.Result denied =
        plane.kubectlWith(frontend.replace("part: frontend", "part: frontned"), "apply", "-f", "-");

    assertThat(denied.exit()).isEqualTo(1);
    assertThat(denied.output())
        .contains("[policy-selects-nothing] Deployment peer-pods/frontend")
        .contains("a peer of NetworkPolicy web is left without pods");
  }

  @Test
  void aDeploymentThatNearlyFitsAWaitingServiceIsLetInWithAWarning(Plane plane) {
    plane.namespace("awaited");
    plane.apply(Manifests.service("awaited", "checkout", "checkout"));
    plane.awaitInPicture("Service", "service", "checkout", "awaited");
    assertThat(plane.apply(deployment("awaited", "chekout")))
        .startsWith("Warning: [service-selector] Deployment awaited/chekout")
        .contains("Service checkout waits for app=checkout")
        .endsWith("deployment.apps/chekout created\n");
  }
}
