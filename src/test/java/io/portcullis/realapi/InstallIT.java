package io.portcullis.realapi;

import static io.portcullis.realapi.Manifests.pod;
import static io.portcullis.realapi.Manifests.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.proof.Await;
import io.portcullis.proof.Proves;
import io.portcullis.proof.Table.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an administrator sees who installs, on a cluster of its own whose nodes never start the
 * pods: the gate is registered and dead.
 */
class InstallIT {
  private static final String ACCOUNT = "system:serviceaccount:portcullis-system:portcullis";
  private static final String VALIDATING = "validatingwebhookconfiguration";
  private static final String MUTATING = "mutatingwebhookconfiguration";
  private static final String UNREACHED = "failed calling webhook \"guard.portcullis.io\"";

  private static Optional<Plane> shared = Optional.empty();

  private final Plane plane = shared.orElseThrow();

  @BeforeAll
  static void up() {
    Optional<String> missing = Plane.whatIsMissing();
    Assumptions.assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    Plane up = Plane.bare("real-install");
    shared = Optional.of(up);
    up.must("apply", "-f", "src/test/resources/realapi/cert-manager.yaml");
    up.must("wait", "crd", "--all", "--for=condition=Established", "--timeout=30s");
  }

  @AfterAll
  static void down() {
    shared.ifPresent(Plane::close);
  }

  @AfterEach
  void uninstall() {
    plane.must("delete", VALIDATING + "," + MUTATING, "portcullis", "--ignore-not-found");
    plane.must("delete", "namespace", "portcullis-system", "--ignore-not-found", "--timeout=45s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "overlays/trial", "overlays/strict", "overlays/cert-manager"})
  void whatIsInstalledIsLetInAndNotChangedByInstallingItAgain(String folder) {
    install(folder);
    Await.that(
        "quota, priority and Pod Security let both replicas in",
        () -> lines("get", "pods", "-n", "portcullis-system", "-o", "name").count() == 2);

    assertThat(plane.kubectl("diff", "-k", "k8s/" + folder)).isEqualTo(new Shell.Result(0, ""));
    // kubectl sends a PodDisruptionBudget's selector each time, because it is replaced as a whole.
    assertThat(lines("apply", "-k", "k8s/" + folder, "--dry-run=server"))
        .hasSizeGreaterThan(10)
        .filteredOn(line -> !line.startsWith("poddisruptionbudget"))
        .allSatisfy(line -> assertThat(line).endsWith(" unchanged (server dry run)"));
  }

  @Test
  void whatTheRunningGateAddsIsNoDriftAndStays() {
    install("base");
    addWhatTheGateAdds(VALIDATING, "settings.portcullis.io");
    addWhatTheGateAdds(MUTATING, "mutate.portcullis.io");

    assertThat(plane.kubectl("diff", "-k", "k8s/base")).isEqualTo(new Shell.Result(0, ""));
    install("overlays/strict");
    assertThat(plane.must("get", VALIDATING + "," + MUTATING, "portcullis", "-o", "json"))
        .contains("\"caBundle\"", "\"ownerReferences\"");
  }

  @Test
  void itMayKeepItsOwnCertificateAndNothingElse() {
    install("base");
    asGate("create", "secret", "generic", "portcullis-tls", "-n", "portcullis-system");
    asGate("get", "secret", "portcullis-tls", "-n", "portcullis-system");
    plane.must("create", "secret", "generic", "other", "-n", "portcullis-system");

    assertThat(refusedToGate("get", "secret", "other", "-n", "portcullis-system")).isTrue();
    assertThat(refusedToGate("get", "secrets", "-n", "portcullis-system")).isTrue();
    assertThat(refusedToGate("get", "secrets", "-n", "default")).isTrue();
    assertThat(refusedToGate("delete", VALIDATING, "portcullis")).isTrue();
    assertThat(refusedToGate("create", "namespace", "its-own")).isTrue();
  }

  @Test
  void deletingTheNamespaceLeavesNothingThatBlocks() {
    install("overlays/strict");
    addWhatTheGateAdds(VALIDATING, "guard.portcullis.io");
    addWhatTheGateAdds(MUTATING, "mutate.portcullis.io");
    guardedNamespace("left");
    awaitRefusal("left");

    plane.must("delete", "namespace", "portcullis-system", "--timeout=45s");

    Await.that(
        "both registrations are collected",
        () -> lines("get", VALIDATING + "," + MUTATING, "-o", "name").findAny().isEmpty());
    awaitAcceptance("left");
  }

  @Test
  @Proves(line = 12, value = "the gate is dead under strict")
  void underStrictADeadGateStopsPodsAndPoliciesInGuardedNamespacesOnly(Figure figure) {
    guardedNamespace("shop");
    plane.apply(pod("shop", "running", "app: web"));
    plane.apply(
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: default-deny, namespace: shop}
        spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
        """);
    install("overlays/strict");
    awaitRefusal("shop");

    assertThat(plane.kubectl("delete", "networkpolicy", "default-deny", "-n", "shop").output())
        .contains(UNREACHED);
    plane.apply(service("shop", "web", "web"));
    plane.must(
        "patch",
        "pod",
        "running",
        "-n",
        "shop",
        "--subresource=status",
        "--type=merge",
        "-p",
        "{\"status\":{\"message\":\"as a kubelet does\"}}");
    plane.apply(pod("kube-system", "dns", "app: dns"));
    plane.apply("{apiVersion: v1, kind: Node, metadata: {name: joins}}");
    plane.must("delete", "pod", "running", "-n", "shop", "--timeout=45s");
    plane.must("delete", "namespace", "shop", "--timeout=45s");
    figure.is("a node registers, a kube-system pod starts, the guarded namespace goes");
  }

  @Test
  void underStrictADeadGateCanBePassedByTakingTheGuardOff() {
    guardedNamespace("unguarded");
    install("overlays/strict");
    awaitRefusal("unguarded");
    plane.must("label", "namespace", "unguarded", "portcullis.io/guard-");
    awaitAcceptance("unguarded");
  }

  @Test
  void breakingTheGlassLetsEverythingIn() {
    guardedNamespace("broken");
    install("overlays/strict");
    awaitRefusal("broken");
    String command = Page.block("emergency.md", "delete validatingwebhookconfiguration").strip();
    assertThat(command).startsWith("kubectl ");

    plane.must(command.substring("kubectl ".length()).split(" "));
    awaitAcceptance("broken");

    install("overlays/strict");
    awaitRefusal("broken");
  }

  @Test
  void aFolderOfOnesOwnBringsImageAndSettings() throws IOException {
    Path own = Files.createDirectories(Path.of("target/own-installation"));
    Files.writeString(
        own.resolve("kustomization.yaml"),
        Page.block("install.md", "kind: Kustomization").replace("../portcullis/", "../../"));
    Files.writeString(own.resolve("portcullis.yaml"), Page.block("install.md", "mode: warn"));

    assertThat(plane.must("kustomize", own.toString()))
        .contains("image: registry.example.com/platform/portcullis:0.1.0")
        .contains("portcullis.yaml: |\n    mode: warn\n    rules:\n      ingress-tls: deny\n");
  }

  private void install(String folder) {
    plane.must("apply", "-k", "k8s/" + folder);
  }

  /** The patch by which the gate completes its registration, sent with the gate's rights. */
  private void addWhatTheGateAdds(String kind, String entry) {
    String uid =
        plane.must("get", "namespace", "portcullis-system", "-o", "jsonpath={.metadata.uid}");
    String authority =
        plane.must(
            "config",
            "view",
            "--raw",
            "-o",
            "jsonpath={.clusters[0].cluster.certificate-authority-data}");
    asGate(
        "patch",
        kind,
        "portcullis",
        "--type=strategic",
        "--field-manager=portcullis",
        "-p",
        """
        {"metadata": {"ownerReferences": [
           {"apiVersion": "v1", "kind": "Namespace", "name": "portcullis-system", "uid": "%s"}]},
         "webhooks": [{"name": "%s", "clientConfig": {"caBundle": "%s"}}]}
        """
            .formatted(uid, entry, authority));
  }

  private void asGate(String... arguments) {
    plane.must(
        Stream.concat(Stream.of("--as", ACCOUNT), Stream.of(arguments)).toArray(String[]::new));
  }

  private boolean refusedToGate(String... arguments) {
    Shell.Result result =
        plane.kubectl(
            Stream.concat(Stream.of("--as", ACCOUNT), Stream.of(arguments)).toArray(String[]::new));
    return result.exit() == 1 && result.output().contains("Forbidden");
  }

  private void guardedNamespace(String name) {
    plane.must("create", "namespace", name);
    plane.must("label", "namespace", name, "portcullis.io/guard=true");
    Await.that(
        "namespace " + name + " has its ServiceAccount",
        () -> plane.kubectl("-n", name, "get", "serviceaccount", "default").exit() == 0);
  }

  private void awaitRefusal(String namespace) {
    Await.that(
        "a pod is refused because nobody answers",
        () -> tryPod(namespace).output().contains(UNREACHED));
  }

  private void awaitAcceptance(String namespace) {
    Await.that("a pod is let in", () -> tryPod(namespace).exit() == 0);
  }

  private Shell.Result tryPod(String namespace) {
    return plane.kubectlWith(
        pod(namespace, "probe", "app: probe"), "create", "--dry-run=server", "-f", "-");
  }

  private Stream<String> lines(String... arguments) {
    return plane.must(arguments).lines();
  }
}
