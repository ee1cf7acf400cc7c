package io.portcullis.realapi;

import static io.portcullis.realapi.Manifests.deployment;
import static io.portcullis.realapi.Manifests.service;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What changes of NetworkPolicies take from what runs. */
@ExtendWith(RealApi.class)
class PoliciesIT {
  private static final String TO_DNS =
      """
          - to:
              - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}
                podSelector: {matchLabels: {k8s-app: kube-dns}}
            ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]
      """;
  private static final String TO_API =
      """
          - to: [{podSelector: {matchLabels: {app: api}}}]
            ports: [{port: 8080}]
      """;

  @Test
  void aPolicyThatOpensSomethingAndForgetsDnsIsRefused(Plane plane) {
    shop(plane, "forgets-dns");

    Shell.Result denied =
        plane.kubectlWith(egress("forgets-dns", "web", TO_API), "apply", "-f", "-");

    assertThat(denied.exit()).isEqualTo(1);
    assertThat(denied.output())
        .contains(
            "[policy-blocks-dns] NetworkPolicy forgets-dns/web, spec.egress: takes DNS from"
                + " Deployment api and Deployment web: no policy opens TCP/53, UDP/53 to Service"
                + " kube-system/kube-dns any more. Fix: open TCP/53, UDP/53 to the pods"
                + " k8s-app=kube-dns of namespace kube-system here, or apply the policy that does"
                + " first. (record ");
    assertThat(plane.apply(egress("forgets-dns", "web", TO_API + TO_DNS)))
        .isEqualTo("networkpolicy.networking.k8s.io/web created\n");
  }

  @Test
  void aDefaultDenyAndWhatOpensItAgainGetInTogether(Plane plane) {
    shop(plane, "deny-first");
    assertThat(
            plane.apply(
                defaultDeny("deny-first")
                    + egress("deny-first", "web", TO_API)
                    + egress("deny-first", "allow-dns", TO_DNS)))
        .contains(
            "Warning: [policy-blocks-dns] NetworkPolicy deny-first/default-deny, spec.egress: takes"
                + " DNS from")
        .contains("networkpolicy.networking.k8s.io/default-deny created")
        .contains("networkpolicy.networking.k8s.io/web created")
        .contains("networkpolicy.networking.k8s.io/allow-dns created");
  }

  /** The policy that opens DNS may be newer than the picture: the cluster itself is asked. */
  @Test
  void aPolicyRightAfterTheOneThatOpensDnsIsNeverRefused(Plane plane) {
    for (int i = 0; i < 5; i++) {
      String name = "dns-first-" + i;
      shop(plane, name);
      assertThat(
              plane.apply(
                  egress(name, "allow-dns", TO_DNS)
                      + egress(name, "web", TO_API)
                      + defaultDeny(name)))
          .contains("networkpolicy.networking.k8s.io/web created");
    }
  }

  @Test
  void thePolicyThatOpensDnsIsKeptWhileItIsNeeded(Plane plane) {
    shop(plane, "keeps-dns");
    plane.apply(egress("keeps-dns", "allow-dns", TO_DNS));
    plane.awaitInPicture("NetworkPolicy", "networkpolicy", "allow-dns", "keeps-dns");
    plane.apply(defaultDeny("keeps-dns"));
    plane.awaitInPicture("NetworkPolicy", "networkpolicy", "default-deny", "keeps-dns");

    Shell.Result denied = plane.kubectl("-n", "keeps-dns", "delete", "networkpolicy", "allow-dns");
    assertThat(denied.exit()).isEqualTo(1);
    assertThat(denied.output())
        .contains("[policy-blocks-dns] NetworkPolicy keeps-dns/allow-dns, spec.egress: takes DNS");

    plane.must("delete", "namespace", "keeps-dns", "--timeout=60s");
  }

  @Test
  void aPolicyThatCutsADeclaredFlowIsRefused(Plane plane) {
    plane.namespace("cut-front", "tier=frontend");
    plane.namespace("cut-data", "tier=data");
    plane.apply(deployment("cut-front", "web"));
    plane.apply(deployment("cut-data", "postgres").replace("8080", "5432"));
    plane.awaitInPicture("Deployment", "deployment", "web", "cut-front");
    plane.awaitInPicture("Deployment", "deployment", "postgres", "cut-data");

    Shell.Result denied =
        plane.kubectlWith(ingress("cut-data", "podSelector: {}", 5432), "apply", "-f", "-");

    assertThat(denied.exit()).isEqualTo(1);
    assertThat(denied.output())
        .contains(
            "[policy-cuts-connections] NetworkPolicy cut-data/api, spec: cuts frontend -> data"
                + " TCP/5432: policy cut-data/api has no ingress rule for it (")
        .contains(
            " to cut-data/postgres). Fix: open it here, or apply the policy that does first.");
    // Other tests may have left somebody of the other tier that a flow leads from.
    assertThat(
            plane.apply(
                ingress(
                    "cut-data",
                    "namespaceSelector: {matchExpressions: [{key: tier, operator: In,"
                        + " values: [frontend, business-logic]}]}",
                    5432)))
        .endsWith("networkpolicy.networking.k8s.io/api created\n");
  }

  @Test
  void aRelabelledNamespaceIsToldWhatItCuts(Plane plane) {
    plane.namespace("cut-shop");
    plane.namespace("cut-bank", "team=bank");
    plane.apply(deployment("cut-shop", "api"));
    plane.apply(deployment("cut-bank", "teller"));
    plane.awaitInPicture("Deployment", "deployment", "api", "cut-shop");
    plane.awaitInPicture("Deployment", "deployment", "teller", "cut-bank");
    plane.apply(ingress("cut-shop", "namespaceSelector: {matchLabels: {team: bank}}", 8080));
    plane.awaitInPicture("NetworkPolicy", "networkpolicy", "api", "cut-shop");

    assertThat(plane.must("label", "namespace", "cut-bank", "team=outlet", "--overwrite"))
        .contains(
            "Warning: [policy-cuts-connections] Namespace cut-bank, metadata.labels: cuts"
                + " cut-bank/teller -> cut-shop/api TCP/8080: policy cut-shop/api has no ingress"
                + " rule for it.")
        .endsWith("namespace/cut-bank labeled\n");
  }

  @Test
  void aServerSideDryRunIsThePreviewOfALabel(Plane plane) {
    plane.namespace("preview-labels");
    plane.namespace("preview-bank", "team=bank");
    plane.apply(deployment("preview-labels", "api"));
    plane.apply(service("preview-labels", "api", "api"));
    plane.apply(deployment("preview-bank", "teller"));
    plane.awaitInPicture("Deployment", "deployment", "api", "preview-labels");
    plane.awaitInPicture("Service", "service", "api", "preview-labels");
    plane.awaitInPicture("Deployment", "deployment", "teller", "preview-bank");
    plane.apply(ingress("preview-labels", "namespaceSelector: {matchLabels: {team: bank}}", 8080));
    plane.awaitInPicture("NetworkPolicy", "networkpolicy", "api", "preview-labels");

    assertThat(
            plane.must(
                "label",
                "namespace",
                "preview-bank",
                "team=out",
                "--overwrite",
                "--dry-run=server"))
        .contains(
            "cuts preview-bank/teller -> preview-labels/api TCP/8080: policy preview-labels/api has"
                + " no ingress rule for it.");
  }

  @Test
  void aServerSideDryRunIsThePreviewOfAPolicy(Plane plane) {
    plane.namespace("preview");
    plane.apply(deployment("preview", "web") + "---\n" + deployment("preview", "api"));
    plane.apply(service("preview", "api", "api"));
    plane.awaitInPicture("Deployment", "deployment", "web", "preview");
    plane.awaitInPicture("Service", "service", "api", "preview");

    Shell.Result preview =
        plane.kubectlWith(defaultDeny("preview"), "apply", "--dry-run=server", "-f", "-");

    assertThat(preview.exit()).isZero();
    assertThat(preview.output())
        .contains("cuts preview/web -> preview/api TCP/8080: policy preview/default-deny has no");
    assertThat(plane.must("-n", "preview", "get", "networkpolicies", "-o", "name")).isEmpty();
  }

  private static String ingress(String namespace, String peer, int port) {
    return """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: api, namespace: %s}
    spec:
      podSelector: {}
      policyTypes: [Ingress]
      ingress:
        - from: [{%s}]
          ports: [{port: %d}]
    """
        .formatted(namespace, peer, port);
  }

  /** Two workloads and the cluster's DNS, all in the picture. */
  private static void shop(Plane plane, String namespace) {
    dns(plane);
    plane.namespace(namespace);
    plane.apply(deployment(namespace, "web") + "---\n" + deployment(namespace, "api"));
    plane.awaitInPicture("Deployment", "deployment", "web", namespace);
    plane.awaitInPicture("Deployment", "deployment", "api", namespace);
  }

  /** The cluster's DNS, as the picture shows it. */
  static void dns(Plane plane) {
    plane.apply(
        service("kube-system", "kube-dns", "kube-dns")
            .replace("app: kube-dns", "k8s-app: kube-dns")
            .replace(
                "{port: 80, targetPort: http}",
                "{name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53}"));
    plane.apply(deployment("kube-system", "kube-dns").replace("{app:", "{k8s-app:"));
    plane.awaitInPicture("Service", "service", "kube-dns", "kube-system");
    plane.awaitInPicture("Deployment", "deployment", "kube-dns", "kube-system");
  }

  private static String defaultDeny(String namespace) {
    return """
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: default-deny, namespace: %s}
    spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
    """
        .formatted(namespace);
  }

  private static String egress(String namespace, String name, String rules) {
    return """
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: %2$s, namespace: %1$s}
    spec:
      podSelector: {}
      policyTypes: [Egress]
      egress:
    %3$s
    """
        .formatted(namespace, name, rules.stripTrailing());
  }
}
