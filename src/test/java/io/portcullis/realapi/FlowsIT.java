package io.portcullis.realapi;

import static io.portcullis.realapi.Manifests.deployment;
import static io.portcullis.realapi.Manifests.service;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What NetworkPolicies may open, and which pods they hold. */
@ExtendWith(RealApi.class)
class FlowsIT {
  /** One that is never called: no namespace has such a label. */
  private static final String WEBHOOK =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingWebhookConfiguration
      metadata: {name: flows-hooks}
      webhooks:
        - name: check.flows.example.com
          clientConfig: {service: {namespace: flows-hooks, name: hooks, port: 80}}
          rules:
            - {apiGroups: [""], apiVersions: [v1], resources: [secrets], operations: [CREATE], scope: Namespaced}
          namespaceSelector: {matchLabels: {flows: never}}
          sideEffects: None
          failurePolicy: Ignore
          admissionReviewVersions: [v1]
      """;

  @Test
  void aPolicyThatOpensDataToTheWorldIsRefused(Plane plane) {
    workload(plane, "flows-data", "postgres", "tier=data");

    Shell.Result denied =
        tried(plane, policy("flows-data", "postgres", "[{ports: [{port: 5432}]}]"));

    assertThat(denied.exit()).isEqualTo(1);
    assertThat(denied.output())
        .contains(
            "[tier-flow] NetworkPolicy flows-data/postgres, spec.ingress[0]: opens world -> data"
                + " TCP/5432, which no flow declares: only frontend (TCP/5432) and business-logic"
                + " (TCP/5432, TCP/6379) may reach data. Fix: remove it or name other peers; if it"
                + " is meant, declare {from: world, to: data, ports: [TCP/5432]} in tiers.flows of"
                + " the settings. (record ");
    assertThat(
            plane.apply(
                policy(
                    "flows-data",
                    "postgres",
                    "[{from: [{namespaceSelector: {matchLabels: {tier: frontend}}}], ports: [{port:"
                        + " 5432}]}]")))
        .endsWith("networkpolicy.networking.k8s.io/postgres created\n");
  }

  @Test
  void aPolicyThatNamesTheServicesPortIsRefusedWithTheTargetPort(Plane plane) {
    workload(plane, "flows-port", "web");
    plane.apply(service("flows-port", "web", "web"));
    plane.awaitInPicture("Service", "service", "web", "flows-port");
    String right = policy("flows-port", "web", "[{ports: [{port: http}]}]");

    Shell.Result denied = tried(plane, right.replace("http", "80"));

    assertThat(denied.exit()).isEqualTo(1);
    assertThat(denied.output())
        .contains(
            "[policy-port] NetworkPolicy flows-port/web, spec.ingress[0].ports[0].port: 80 is the"
                + " port of Service web, whose pods listen on its targetPort \"http\" (Deployment"
                + " web")
        .contains("policies apply to the pods' port. Fix: set port to \"http\".");
    assertThat(plane.apply(right)).isEqualTo("networkpolicy.networking.k8s.io/web created\n");
  }

  @Test
  void aPodInTheNetworkOfItsNodeIsRefusedWhereTheNamespaceIsGuarded(Plane plane) {
    plane.namespace("flows-guarded", "portcullis.io/guard=true");
    plane.namespace("flows-free");
    String agent =
        Manifests.pod("flows-free", "agent", "").replace("spec:", "spec:\n  hostNetwork: true");

    Shell.Result denied = tried(plane, agent.replace("flows-free", "flows-guarded"));

    assertThat(denied.exit()).isEqualTo(1);
    assertThat(denied.output())
        .contains(
            "[pod-host-network] Pod flows-guarded/agent, spec.hostNetwork: in the network of its"
                + " node no NetworkPolicy holds a pod, and namespace flows-guarded is guarded."
                + " Fix: take hostNetwork away, or run it in a namespace that is not guarded.");
    assertThat(plane.apply(agent)).isEqualTo("pod/agent created\n");
  }

  @Test
  void aPolicyThatNothingEnforcesIsLetInWithAWarning(Plane plane) {
    workload(plane, "flows-paper", "web");
    plane.apply(
        deployment("kube-system", "kube-proxy")
            .replace("kind: Deployment", "kind: DaemonSet")
            .replace("  replicas: 2\n", ""));
    plane.awaitInPicture("DaemonSet", "daemonset", "kube-proxy", "kube-system");

    String applied = plane.apply(policy("flows-paper", "web", "[{ports: [{port: http}]}]"));
    plane.must("-n", "kube-system", "delete", "daemonset", "kube-proxy");

    assertThat(applied)
        .startsWith(
            "Warning: [policy-not-enforced] NetworkPolicy flows-paper/web: nothing that enforces"
                + " NetworkPolicies is found in the cluster")
        .endsWith("networkpolicy.networking.k8s.io/web created\n");
  }

  @Test
  void aPolicyThatCutsAWebhookFromTheApiServerIsRefused(Plane plane) {
    workload(plane, "flows-hooks", "hooks");
    plane.apply(service("flows-hooks", "hooks", "hooks"));
    plane.awaitInPicture("Service", "service", "hooks", "flows-hooks");
    plane.apply(WEBHOOK);
    plane.awaitInPicture(
        "ValidatingWebhookConfiguration", "validatingwebhookconfiguration", "flows-hooks", "");
    String right =
        policy(
            "flows-hooks",
            "hooks",
            "[{from: [{podSelector: {}}], ports: [{port: 9090}]}, {ports: [{port: http}]}]");

    Shell.Result denied = tried(plane, right.replace(", {ports: [{port: http}]}", ""));
    String let = plane.apply(right);
    plane.must("delete", "validatingwebhookconfiguration", "flows-hooks");

    assertThat(denied.exit()).isEqualTo(1);
    assertThat(denied.output())
        .contains(
            "[policy-cuts-connections] NetworkPolicy flows-hooks/hooks, spec: cuts API server ->"
                + " flows-hooks/hooks TCP/8080: policy flows-hooks/hooks has no ingress rule for it"
                + " (webhook check.flows.example.com of ValidatingWebhookConfiguration flows-hooks,"
                + " failurePolicy Ignore). Fix: open TCP/8080 by a rule without from, here or in a"
                + " policy that you apply first: no selector means the API server. (record ");
    assertThat(let).isEqualTo("networkpolicy.networking.k8s.io/hooks created\n");
  }

  private static void workload(Plane plane, String namespace, String app, String... labels) {
    plane.namespace(namespace, labels);
    plane.apply(deployment(namespace, app));
    plane.awaitInPicture("Deployment", "deployment", app, namespace);
  }

  private static Shell.Result tried(Plane plane, String manifest) {
    return plane.kubectlWith(manifest, "apply", "-f", "-");
  }

  private static String policy(String namespace, String app, String ingress) {
    return """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: %2$s, namespace: %1$s}
    spec:
      podSelector: {matchLabels: {app: %2$s}}
      policyTypes: [Ingress]
      ingress: %3$s
    """
        .formatted(namespace, app, ingress);
  }
}
