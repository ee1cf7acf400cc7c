package io.portcullis.judge;

import static io.portcullis.judge.Court.refusing;
import static io.portcullis.judge.Court.resting;
import static io.portcullis.judge.Court.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.finding.Change;
import io.portcullis.finding.Operation;
import io.portcullis.finding.Target;
import io.portcullis.finding.User;
import io.portcullis.finding.Verdict;
import io.portcullis.kube.Annotations;
import io.portcullis.kube.ConfigMap;
import io.portcullis.kube.Kind;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.Owner;
import io.portcullis.kube.Pod;
import io.portcullis.kube.PodSpec;
import io.portcullis.kube.PodTemplate;
import io.portcullis.kube.Workload;
import io.portcullis.net.Labels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExemptedTest {
  private static final String CONTROLLERS = "system:serviceaccount:kube-system:";
  private static final Court COURT = Court.of(refusing("tier-label"));

  @ParameterizedTest
  @ValueSource(strings = {"kube-system", "portcullis-system", "cilium"})
  void nothingIsSaidInExemptNamespaces(String namespace) {
    assertThat(verdict(Change.creation(service(namespace, "web")))).isEqualTo(Verdict.ALLOW);
  }

  @Test
  void nothingIsSaidAboutAnExemptNamespaceItself() {
    assertThat(verdict(Change.creation(new Namespace(Meta.of("", "kube-system", Labels.EMPTY)))))
        .isEqualTo(Verdict.ALLOW);
    assertThat(verdict(Change.creation(new Namespace(Meta.of("", "shop", Labels.EMPTY)))))
        .isEqualTo(Verdict.DENY);
  }

  @Test
  void configMapsAreLookedAtInExemptNamespacesToo() {
    ConfigMap coredns = new ConfigMap(Meta.of("kube-system", "coredns", Labels.EMPTY), Map.of());
    assertThat(verdict(Change.creation(coredns))).isEqualTo(Verdict.DENY);
  }

  @Test
  void nothingIsRefusedThatIsEnding() {
    Change finalizer =
        Change.update(service(meta("web", false)), service(meta("web", true), "::1"));
    assertThat(verdict(finalizer)).isEqualTo(Verdict.ALLOW);
  }

  @Test
  void nothingIsRefusedInANamespaceThatIsEnding() {
    Meta ending = new Meta("", "shop", "", "", "", Labels.EMPTY, Map.of(), List.of(), true);
    Change change = Change.deletion(service("shop", "web"));
    assertThat(COURT.among(new Namespace(ending)).judge(change).verdict()).isEqualTo(Verdict.ALLOW);
    assertThat(verdict(change)).isEqualTo(Verdict.DENY);
  }

  @ParameterizedTest
  @CsvSource({
    "namespace-controller, ALLOW",
    "generic-garbage-collector, ALLOW",
    "deployment-controller, DENY"
  })
  void thoseThatClearUpMayDelete(String controller, Verdict expected) {
    Change change = Change.deletion(service("shop", "web"));
    assertThat(verdict(Court.by(change, CONTROLLERS + controller))).isEqualTo(expected);
  }

  @Test
  void whatThoseThatClearUpChangeIsJudged() {
    Change change = Change.creation(service("shop", "web"));
    assertThat(verdict(Court.by(change, CONTROLLERS + "namespace-controller")))
        .isEqualTo(Verdict.DENY);
  }

  @Test
  void mirrorPodsAreSkippedForKubeletsOnly() {
    Meta mirror =
        new Meta(
            "shop",
            "proxy",
            "",
            "",
            "",
            Labels.EMPTY,
            Map.of(Annotations.MIRROR, "7a1d"),
            List.of(),
            false);
    Change change = Change.creation(new Pod(mirror, PodSpec.EMPTY, List.of(), false));
    assertThat(verdict(Court.by(change, "system:node:a", "system:nodes"))).isEqualTo(Verdict.ALLOW);
    assertThat(verdict(Court.by(change, "alice", "system:authenticated"))).isEqualTo(Verdict.DENY);
    assertThat(
            verdict(Court.by(Change.creation(pod("web-1", "")), "system:node:a", "system:nodes")))
        .isEqualTo(Verdict.DENY);
  }

  @ParameterizedTest
  @CsvSource({
    "replicaset-controller, uid-1, ALLOW",
    "replicaset-controller, uid-2, DENY",
    "replicaset-controller, '', DENY"
  })
  void madePodsAreAskedAboutThemselvesOnly(String controller, String uid, Verdict expected) {
    Court court = Court.of(resting("service-port")).among(replicaSet("uid-1"));
    Change change = Court.by(Change.creation(pod("web-1", uid)), CONTROLLERS + controller);
    assertThat(court.judge(change).verdict()).isEqualTo(expected);
  }

  @Test
  void anOwnerReferenceAloneProvesNothing() {
    Court court = Court.of(resting("service-port")).among(replicaSet("uid-1"));
    Change change = Court.by(Change.creation(pod("web-1", "uid-1")), "alice");
    assertThat(court.judge(change).verdict()).isEqualTo(Verdict.DENY);
  }

  @Test
  void anOwnerWithoutAUidProvesNothing() {
    Court court = Court.of(resting("service-port")).among(replicaSet(""));
    Change change =
        Court.by(Change.creation(pod("web-1", "")), CONTROLLERS + "replicaset-controller");
    assertThat(court.judge(change).verdict()).isEqualTo(Verdict.DENY);
  }

  @Test
  void madePodsAreJudgedByWhatTheyAre() {
    Change change =
        Court.by(Change.creation(pod("web-1", "uid-1")), CONTROLLERS + "replicaset-controller");
    assertThat(COURT.among(replicaSet("uid-1")).judge(change).verdict()).isEqualTo(Verdict.DENY);
  }

  @ParameterizedTest
  @CsvSource({"'', WARN", "status, WARN", "scale, ALLOW", "ephemeralcontainers, ALLOW"})
  void onlySubresourcesThatCarryLabelsAreLookedAt(String subresource, Verdict expected) {
    Pod old = pod("web-1", "");
    Pod now = old.withMeta(old.meta().withLabels(Labels.of("tier", "data")));
    Change whole = Change.update(old, now);
    Target target = whole.target();
    Change change =
        new Change(
            "",
            Operation.UPDATE,
            new Target(
                target.group(),
                target.version(),
                target.kind(),
                target.namespace(),
                target.name(),
                subresource),
            whole.object(),
            whole.oldObject(),
            whole.user(),
            false);
    assertThat(verdict(change)).isEqualTo(expected);
  }

  @Test
  void aKindThatIsNotReadPasses() {
    Change change =
        new Change(
            "",
            Operation.CREATE,
            new Target("example.com", "v1", "Shop", "shop", "web", ""),
            Optional.empty(),
            Optional.empty(),
            User.NOBODY,
            false);
    assertThat(verdict(change)).isEqualTo(Verdict.ALLOW);
  }

  private static Verdict verdict(Change change) {
    return COURT.judge(change).verdict();
  }

  private static Meta meta(String name, boolean ending) {
    return new Meta("shop", name, "", "", "", Labels.EMPTY, Map.of(), List.of(), ending);
  }

  private static Pod pod(String name, String ownerUid) {
    Meta meta =
        new Meta(
            "shop",
            name,
            "",
            "",
            "",
            Labels.EMPTY,
            Map.of(),
            List.of(new Owner("ReplicaSet", "web", ownerUid, true)),
            false);
    return new Pod(meta, PodSpec.EMPTY, List.of(), false);
  }

  private static Workload replicaSet(String uid) {
    Meta meta = new Meta("shop", "web", "", uid, "", Labels.EMPTY, Map.of(), List.of(), false);
    return new Workload(
        Kind.REPLICA_SET, meta, Optional.empty(), new PodTemplate(Labels.EMPTY, PodSpec.EMPTY), 1);
  }
}
