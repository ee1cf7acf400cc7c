package io.portcullis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.cluster.Cluster;
import io.portcullis.finding.Change;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Operation;
import io.portcullis.finding.PatchOp;
import io.portcullis.finding.Target;
import io.portcullis.judge.Judge;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.Owner;
import io.portcullis.kube.Pod;
import io.portcullis.kube.PodSpec;
import io.portcullis.kube.PodTemplate;
import io.portcullis.kube.Workload;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import io.portcullis.reach.Reach;
import io.portcullis.settings.Settings;
import io.portcullis.settings.Written;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the gate changes of pods on their way in; what it says about them, the samples show. */
class TierLabelTest {
  private static final String TIER = "portcullis.io/tier";
  private static final Settings TIERS =
      Written.settings("tiers: {exposed: [frontend], flows: [{from: frontend, to: data}]}", "test");
  private static final Namespace SHOP = namespace("shop", "frontend");
  private static final PatchOp ADDED =
      new PatchOp.Add("/metadata/labels/portcullis.io~1tier", "frontend");

  @Test
  void aPodWithLabelsGetsOneMoreAndTheSlashOfItsKeyIsEscaped() {
    assertThat(patch(pod("shop", Labels.of("app", "web")))).containsExactly(ADDED);
  }

  @Test
  void aPodWithoutLabelsGetsAllOfThem() {
    assertThat(patch(pod("shop", Labels.EMPTY)))
        .containsExactly(new PatchOp.Add("/metadata/labels", Map.of(TIER, "frontend")));
  }

  @Test
  void theKeyIsTheOneOfTheSettings() {
    Namespace shop = new Namespace(Meta.of("", "shop", Labels.of("tier", "data")));
    Settings settings = Written.settings("tiers: {label: tier, exposed: [data]}", "test");
    assertThat(patch(pod("shop", Labels.of("app", "web")), settings, shop))
        .containsExactly(new PatchOp.Add("/metadata/labels/tier", "data"));
  }

  @Test
  void askedAgainItLeavesThePodAlone() {
    assertThat(patch(pod("shop", Labels.of(TIER, "frontend")))).isEmpty();
  }

  @Test
  void aWrongLabelIsJudgedAndNotChanged() {
    assertThat(patch(pod("shop", Labels.of(TIER, "data")))).isEmpty();
    assertThat(patch(pod("shop", Labels.of(TIER, "")))).isEmpty();
  }

  @Test
  void aPodThatIsYetToBeNamedIsLabelled() {
    Meta meta =
        new Meta("shop", "", "web-", "", "", Labels.of("app", "web"), Map.of(), List.of(), false);
    assertThat(patch(new Pod(meta, PodSpec.EMPTY, List.of(), false))).containsExactly(ADDED);
  }

  @Test
  void aPodWhoseNamespaceOnlyTheRequestNamesIsLabelled() {
    Pod pod = pod("", Labels.of("app", "web"));
    Change whole = Change.creation(pod);
    Target target = new Target("", "v1", "Pod", "shop", "", "");
    Change change =
        new Change(
            "", Operation.CREATE, target, whole.object(), whole.oldObject(), whole.user(), false);
    assertThat(patch(change, TIERS, SHOP)).containsExactly(ADDED);
  }

  @Test
  void aPodThatAWorkloadMakesIsLabelled() {
    Workload replicaSet = replicaSet(Labels.of("app", "web"));
    Meta meta =
        new Meta(
            "shop",
            "web-1",
            "",
            "",
            "",
            Labels.of("app", "web"),
            Map.of(),
            List.of(new Owner("ReplicaSet", "web", "uid-1", true)),
            false);
    Pod pod = new Pod(meta, PodSpec.EMPTY, List.of(), false);
    assertThat(patch(pod, TIERS, SHOP, replicaSet)).containsExactly(ADDED);
  }

  @Test
  void aPodThatAReplicaSetWouldAdoptIsLeftAlone() {
    assertThat(
            patch(
                pod("shop", Labels.of("app", "debug")),
                TIERS,
                SHOP,
                replicaSet(Labels.of(TIER, "frontend"))))
        .isEmpty();
  }

  @Test
  void aPodInAnExemptNamespaceIsLeftAlone() {
    assertThat(patch(pod("kube-system", Labels.EMPTY), TIERS, namespace("kube-system", "frontend")))
        .isEmpty();
  }

  @Test
  void aPodInANamespaceWithoutATierIsLeftAlone() {
    assertThat(patch(pod("bank", Labels.EMPTY))).isEmpty();
    assertThat(patch(pod("shop", Labels.EMPTY), TIERS, namespace("shop", "unknown"))).isEmpty();
  }

  @Test
  void withoutDeclaredTiersNothingIsLabelled() {
    assertThat(patch(pod("shop", Labels.EMPTY), Settings.DEFAULT, SHOP)).isEmpty();
  }

  @Test
  void switchedOffItLabelsNothing() {
    Settings off =
        Written.settings("rules: {tier-label: off}\ntiers: {exposed: [frontend]}", "test");
    assertThat(patch(pod("shop", Labels.EMPTY), off, SHOP)).isEmpty();
  }

  @Test
  void runningPodsAndTemplatesAreNeverChanged() {
    Pod running = pod("shop", Labels.of("app", "web"));
    Pod labelled = running.withMeta(running.meta().withLabels(Labels.of("app", "api")));
    assertThat(patch(Change.update(running, labelled), TIERS, SHOP)).isEmpty();
    assertThat(patch(Change.creation(replicaSet(Labels.of("app", "web"))), TIERS, SHOP)).isEmpty();
  }

  @Test
  void aPodThatWasNotLabelledOnItsWayInIsSuspected() {
    Question question =
        Question.request(
            Change.creation(pod("shop", Labels.of("app", "web"))),
            Cluster.of(List.of(SHOP)),
            TIERS);
    assertThat(new TierLabel().judge(question))
        .singleElement()
        .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Finding.Severity.SUSPICION))
        .extracting(Finding::message)
        .isEqualTo(
            "the pod lacks portcullis.io/tier=frontend: the gate was not asked to add it, or"
                + " something took it away.");
  }

  @Test
  void inFilesAPodIsReadAsItWillBe() {
    Pod pod = pod("shop", Labels.of("app", "web"));
    Question question =
        Question.whole(Change.creation(pod), Reach.of(Cluster.of(List.of(SHOP, pod))), TIERS);
    assertThat(new TierLabel().judge(question)).isEmpty();
  }

  private static List<PatchOp> patch(Pod pod) {
    return patch(pod, TIERS, SHOP);
  }

  private static List<PatchOp> patch(Pod pod, Settings settings, KubeObject... present) {
    return patch(Change.creation(pod), settings, present);
  }

  private static List<PatchOp> patch(Change change, Settings settings, KubeObject... present) {
    List<KubeObject> all = new ArrayList<>(List.of(present));
    change.oldObject().ifPresent(all::add);
    return new Judge(RuleBook.standard())
        .mutate(change, Cluster.of(all), settings, LocalDate.of(2026, 1, 15))
        .patch();
  }

  private static Pod pod(String namespace, Labels labels) {
    return new Pod(Meta.of(namespace, "web", labels), PodSpec.EMPTY, List.of(), false);
  }

  private static Namespace namespace(String name, String tier) {
    return new Namespace(Meta.of("", name, Labels.of(TIER, tier)));
  }

  private static Workload replicaSet(Labels labels) {
    Meta meta = new Meta("shop", "web", "", "uid-1", "", Labels.EMPTY, Map.of(), List.of(), false);
    return new Workload(
        Kind.REPLICA_SET,
        meta,
        Optional.of(Selector.of(labels)),
        new PodTemplate(labels, PodSpec.EMPTY),
        1);
  }
}
