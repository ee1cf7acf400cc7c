package io.portcullis.realapi;

import static io.portcullis.realapi.Manifests.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.proof.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What isolates a guarded namespace stays, until the namespace or what is in it goes. */
@ExtendWith(RealApi.class)
class GuardedIT {
  private static final String GUARD = "portcullis.io/guard=true";
  private static final List<String> SERVICES = List.of("payment", "order", "inventory");

  @Test
  void ofAWholeApplicationOnlyWhatNobodyNeedsCanBeDeleted(Plane plane) {
    PoliciesIT.dns(plane);
    plane.must("apply", "-f", "k8s/samples/right");
    plane.must("label", "namespace", "api-gateway", GUARD);
    plane.awaitInPicture("Namespace", "namespace", "api-gateway", "");
    plane.awaitInPicture("NetworkPolicy", "networkpolicy", "web", "storefront");
    plane.awaitInPicture("Deployment", "deployment", "web", "storefront");

    Shell.Result cut =
        plane.kubectlWith(gateway("app: portal"), "apply", "--dry-run=server", "-f", "-");
    assertThat(cut.exit()).isEqualTo(1);
    assertThat(cut.output())
        .contains(
            "[policy-cuts-connections] NetworkPolicy api-gateway/gateway, spec: cuts frontend ->"
                + " api-gateway TCP/8080: policy api-gateway/gateway has no ingress rule for it (")
        .contains("/web to api-gateway/gateway).");

    Shell.Result deleted = plane.kubectl("-n", "api-gateway", "delete", "networkpolicy", "--all");
    assertThat(deleted.exit()).isEqualTo(1);
    assertThat(deleted.output())
        .contains(
            "[default-deny-kept] NetworkPolicy api-gateway/allow-dns, spec: takes DNS from"
                + " Deployment gateway, and namespace api-gateway is guarded.")
        .contains(
            "[default-deny-kept] NetworkPolicy api-gateway/gateway, spec: leaves Deployment gateway"
                + " without isolation of ingress, and namespace api-gateway is guarded. Fix: apply"
                + " another policy that isolates the pods first, or take the guard off the"
                + " namespace. (record ");
    assertThat(plane.must("-n", "api-gateway", "get", "networkpolicies", "-o", "name"))
        .contains(
            "networkpolicy.networking.k8s.io/allow-dns", "networkpolicy.networking.k8s.io/gateway");

    assertThat(reaches(plane, "storefront/web", "api-gateway/gateway", "8080")).isZero();
    for (String service : SERVICES) {
      assertThat(reaches(plane, "api-gateway/gateway", service + "/" + service, "9000")).isZero();
    }
    assertThat(reaches(plane, "storefront/web", "api-gateway/gateway", "9000")).isEqualTo(1);
    assertThat(reaches(plane, "payment/payment", "api-gateway/gateway", "8080")).isEqualTo(1);

    plane.must("delete", "namespace", "api-gateway", "--timeout=60s");
    plane.must("delete", "namespace", "storefront", "data", "payment", "order", "inventory");
  }

  @Test
  void ofTwoPoliciesThatIsolateTheSamePodsOneStays(Plane plane) throws Exception {
    guarded(plane, "kept-one");
    for (int i = 0; i < 5; i++) {
      plane.apply(defaultDeny("kept-one", "one") + defaultDeny("kept-one", "two"));
      CyclicBarrier together = new CyclicBarrier(2);
      List<Future<Shell.Result>> deleted = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
        for (String name : List.of("one", "two")) {
          deleted.add(
              threads.submit(() -> {
                together.await();
                return plane.kubectl("-n", "kept-one", "delete", "networkpolicy", name);
              }));
        }
      }
      assertThat(List.of(deleted.get(0).get().exit(), deleted.get(1).get().exit()))
          .containsExactlyInAnyOrder(0, 1);
      assertThat(plane.must("-n", "kept-one", "get", "networkpolicies", "-o", "name").lines())
          .hasSize(1);
    }
  }

  @Test
  void whereTheGuardIsTakenOffThePoliciesMayGo(Plane plane) {
    guarded(plane, "kept-off");
    plane.apply(defaultDeny("kept-off", "default-deny"));

    assertThat(plane.kubectl("-n", "kept-off", "delete", "networkpolicy", "--all").exit())
        .isEqualTo(1);
    assertThat(plane.must("label", "namespace", "kept-off", "portcullis.io/guard-"))
        .contains(
            "Warning: [default-deny-kept] Namespace kept-off, metadata.labels: namespace kept-off"
                + " is guarded no longer: nothing keeps its pods isolated then.");
    plane.awaitInPicture("Namespace", "namespace", "kept-off", "");
    plane.must("-n", "kept-off", "delete", "networkpolicy", "--all");
  }

  /** As {@code helm uninstall} does it: the pods are still there for a moment. */
  @Test
  void whereTheWorkloadsWereDeletedJustNowThePoliciesFollow(Plane plane) {
    guarded(plane, "kept-gone");
    plane.apply(defaultDeny("kept-gone", "default-deny"));
    Await.that(
        "the pods are there",
        () -> !plane.must("-n", "kept-gone", "get", "pods", "-o", "name").isEmpty());

    plane.must("-n", "kept-gone", "delete", "deployment", "web", "--wait=false");
    plane.must("-n", "kept-gone", "delete", "networkpolicy", "default-deny");
  }

  private static void guarded(Plane plane, String namespace) {
    plane.namespace(namespace, GUARD);
    plane.apply(deployment(namespace, "web"));
    plane.awaitInPicture("Deployment", "deployment", "web", namespace);
  }

  /** The exit code of {@code explain}: 0 where the port is open. */
  private static int reaches(Plane plane, String from, String to, String port) {
    return plane
        .portcullis("", "explain", from, to, "--port", port, "--context", "portcullis-local")
        .exit();
  }

  private static String gateway(String from) {
    return """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: gateway, namespace: api-gateway}
    spec:
      podSelector: {matchLabels: {app: gateway}}
      policyTypes: [Ingress, Egress]
      ingress:
        - from:
            - namespaceSelector: {matchLabels: {tier: frontend}}
              podSelector: {matchLabels: {%s}}
          ports: [{port: 8080}]
      egress:
        - to: [{namespaceSelector: {matchLabels: {tier: business-logic}}}]
          ports: [{port: 9000}]
    """
        .formatted(from);
  }

  private static String defaultDeny(String namespace, String name) {
    return """
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: %2$s, namespace: %1$s}
    spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
    """
        .formatted(namespace, name);
  }
}
