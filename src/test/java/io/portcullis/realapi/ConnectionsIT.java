package io.portcullis.realapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code map}, {@code explain} and {@code diff} about a live cluster, which they only read. */
@ExtendWith(RealApi.class)
class ConnectionsIT {
  @Test
  void theMapOfALiveClusterSaysWhatItsPoliciesLeaveOpen(Plane plane) {
    shop(plane, "live-map");

    Shell.Result map = ask(plane, Account.ADMINISTRATOR, "", "map", "-q", "-o", "json");
    assertThat(map.output())
        .contains(
            "{\"from\": \"live-map/Deployment/web\", \"to\": \"live-map/Deployment/api\","
                + " \"ports\": {\"TCP\": [\"8080\"]}}")
        .contains(
            "{\"from\": \"world\", \"to\": \"live-map/Deployment/web\", \"ports\": {\"TCP\":"
                + " [\"8080\"]}, \"service\": \"live-map/Service/web\", \"through\":"
                + " [\"NodePort\"]}");
    assertThat(map.exit()).isZero();
  }

  @Test
  void whyAConnectionOfALiveClusterIsOpenOrClosedIsExplained(Plane plane) {
    shop(plane, "live-explain");

    Shell.Result open = explain(plane, "live-explain/web", "live-explain/api", "8080");
    assertThat(open.output()).contains("allowed by live-explain/api, spec.ingress[0].from[0]");
    assertThat(open.exit()).isZero();

    Shell.Result closed = explain(plane, "world", "live-explain/api", "8080");
    assertThat(closed.output()).contains("nothing in them allows TCP/8080");
    assertThat(closed.exit()).isEqualTo(1);
  }

  @Test
  void whatAnApplyWouldDoIsShownAndNotDone(Plane plane) {
    shop(plane, "live-diff");
    String before = policies(plane, "live-diff");

    Shell.Result nothing = diff(plane, policy("live-diff", "api", "[{podSelector: {}}]"));
    assertThat(nothing).isEqualTo(new Shell.Result(0, "no difference\n"));

    Shell.Result cut =
        diff(plane, policy("live-diff", "api", "[{podSelector: {matchLabels: {app: nobody}}}]"));
    assertThat(cut)
        .isEqualTo(
            new Shell.Result(
                1, "- live-diff/Deployment/web -> live-diff/Deployment/api  TCP/8080\n"));

    Shell.Result more = diff(plane, Manifests.deployment("live-diff", "worker"));
    assertThat(more.output())
        .contains("+ live-diff/Deployment/worker\n")
        .contains("+ live-diff/Deployment/worker -> live-diff/Deployment/api  TCP/8080\n");
    assertThat(policies(plane, "live-diff")).isEqualTo(before);
    assertThat(plane.must("-n", "live-diff", "get", "deployments", "-o", "name"))
        .doesNotContain("worker");
  }

  @Test
  void whoMayReadOneNamespaceIsToldWhatIsNotSeen(Plane plane) {
    shop(plane, "live-dev");
    shop(plane, "live-other");
    Account.reader(
        plane, "live-dev", "pods,services,deployments.apps,networkpolicies.networking.k8s.io");

    Shell.Result map = ask(plane, "live-dev", "", "map");
    assertThat(map.output())
        .contains("live-dev/Deployment/web\n  -> live-dev/Deployment/api")
        .doesNotContain("live-other")
        .contains(
            "seen in namespace live-dev only, since you may not list them elsewhere: deployments,"
                + " networkpolicies, pods, services")
        .containsPattern("not seen, since you may not list them: .*namespaces");
    assertThat(map.exit()).isZero();

    Shell.Result explained = ask(plane, "live-dev", "", "explain", "web", "api", "--port", "8080");
    assertThat(explained.output())
        .contains("open: TCP/8080")
        .contains("seen in namespace live-dev only");
    assertThat(explained.exit()).isZero();

    Shell.Result cut =
        ask(
            plane,
            "live-dev",
            policy("live-dev", "api", "[{podSelector: {matchLabels: {app: nobody}}}]"),
            "diff",
            "-");
    assertThat(cut.output())
        .contains("- live-dev/Deployment/web -> live-dev/Deployment/api  TCP/8080")
        .contains("seen in namespace live-dev only");
    assertThat(cut.exit()).isEqualTo(1);
  }

  /** Two workloads, of which one takes calls from its namespace alone, the other from outside. */
  private static void shop(Plane plane, String namespace) {
    plane.namespace(namespace);
    plane.apply(Manifests.deployment(namespace, "web"));
    plane.apply(Manifests.deployment(namespace, "api"));
    plane.apply(Manifests.service(namespace, "web", "web") + "  type: NodePort\n");
    plane.apply(policy(namespace, "api", "[{podSelector: {}}]"));
  }

  private static String policy(String namespace, String app, String from) {
    return """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: %2$s, namespace: %1$s}
    spec:
      podSelector: {matchLabels: {app: %2$s}}
      ingress: [{from: %3$s, ports: [{port: 8080}]}]
    """
        .formatted(namespace, app, from);
  }

  private static String policies(Plane plane, String namespace) {
    return plane.must("-n", namespace, "get", "networkpolicies", "-o", "yaml");
  }

  private static Shell.Result explain(Plane plane, String from, String to, String port) {
    return ask(plane, Account.ADMINISTRATOR, "", "explain", "-q", from, to, "--port", port);
  }

  private static Shell.Result diff(Plane plane, String manifest) {
    return ask(plane, Account.ADMINISTRATOR, manifest, "diff", "-q", "-");
  }

  private static Shell.Result ask(Plane plane, String context, String input, String... arguments) {
    return plane.portcullis(
        input,
        Stream.concat(Stream.of(arguments), Stream.of("--context", context))
            .toArray(String[]::new));
  }
}
