package io.portcullis.realapi;

import static io.portcullis.realapi.Manifests.deployment;
import static io.portcullis.realapi.Manifests.ingress;
import static io.portcullis.realapi.Manifests.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.proof.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What controllers do, and what happens when a process goes away and comes back. */
@ExtendWith(RealApi.class)
class ClusterLifeIT {
  @Test
  void aDeploymentBecomesLabelledPods(Plane plane) {
    plane.namespace("rollout", "tier=frontend");
    plane.apply(deployment("rollout", "web"));
    Await.that(
        "two pods are there",
        () ->
            plane
                    .must("-n", "rollout", "get", "pods", "-l", "tier=frontend", "-o", "name")
                    .lines()
                    .count()
                == 2);
    assertThat(
            plane.must(
                "-n",
                "rollout",
                "get",
                "deployment",
                "web",
                "-o",
                "jsonpath={.spec.template.metadata.labels}"))
        .isEqualTo("{\"app\":\"web\"}");
  }

  @Test
  void aScaleIsNotInTheWay(Plane plane) {
    plane.namespace("scaled");
    plane.apply(deployment("scaled", "web"));
    plane.must("-n", "scaled", "scale", "deployment", "web", "--replicas=3");
    Await.that(
        "three pods are there",
        () -> plane.must("-n", "scaled", "get", "pods", "-o", "name").lines().count() == 3);
  }

  @Test
  void aNamespaceGoesWithEverythingInIt(Plane plane) {
    plane.namespace("doomed", "tier=frontend");
    plane.apply(deployment("doomed", "web"));
    plane.apply(service("doomed", "web", "web"));
    plane.apply(
        ingress("doomed", "web", "doomed.example.com", "tls: [{hosts: [doomed.example.com]}]"));
    plane.apply(
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: default-deny, namespace: doomed}
        spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
        """);
    plane.must("delete", "namespace", "doomed", "--timeout=45s");
    assertThat(plane.kubectl("get", "namespace", "doomed").output()).contains("NotFound");
  }

  @Test
  void theGateFindsTheApiServerAgain(Plane plane) {
    plane.namespace("resumed");
    plane.stop("apiserver");
    plane.start("apiserver");
    plane.apply(deployment("resumed", "payment"));
    plane.awaitInPicture("Deployment", "deployment", "payment", "resumed");
    Shell.Result denied =
        plane.kubectlWith(service("resumed", "payment", "paymnet"), "apply", "-f", "-");
    assertThat(denied.exit()).isEqualTo(1);
    assertThat(denied.output()).contains("did you mean app=payment (Deployment payment");
  }

  @Test
  void withoutTheGateTheClusterGoesOnAndItScreensAgainOnceItIsBack(Plane plane) {
    plane.namespace("alone");
    plane.stop("gate");
    plane.apply(ingress("alone", "let-in", "alone.example.com", ""));
    plane.start("gate");
    Shell.Result denied =
        plane.kubectlWith(ingress("alone", "refused", "other.example.com", ""), "apply", "-f", "-");
    assertThat(denied.exit()).isEqualTo(1);
    assertThat(denied.output()).contains("[ingress-tls] Ingress alone/refused");
    assertThat(plane.management("/q/health/ready")).contains("\"UP\"");
  }
}
