package io.portcullis.cluster;

import static io.portcullis.cluster.ClusterAssert.assertThatPicture;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.kube.Ingress;
import io.portcullis.kube.IngressBackend;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.Owner;
import io.portcullis.kube.Pod;
import io.portcullis.kube.PodSpec;
import io.portcullis.kube.PodTemplate;
import io.portcullis.kube.Service;
import io.portcullis.kube.Workload;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import io.portcullis.proof.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClusterTest {
  private static final Labels WEB = Labels.of("app", "web");

  @Test
  void threePodsOfOneReplicaSetAreOneGroup() {
    Cluster cluster = Cluster.of(List.of(pod("a", WEB), pod("b", WEB), pod("c", WEB)));

    assertThat(cluster.in("shop").podGroups())
        .singleElement()
        .satisfies(group -> assertThat(cluster.in("shop").count(group)).isEqualTo(3));
    assertThat(cluster.in("shop").countMatching(Selector.of(WEB))).isEqualTo(3);
  }

  @Test
  void theLastPodTakesItsGroupOutOfEveryIndex() {
    Pod only = pod("a", WEB);

    Cluster without =
        Cluster.of(List.of(only)).apply(Delta.between(Optional.of(only), Optional.empty()));

    assertThat(without.namespaces()).isEmpty();
    assertThat(without.in("shop").values("app")).isEmpty();
    assertThat(without.in("shop").anyPodMatches(Selector.of(WEB))).isFalse();
  }

  @Test
  void aPodThatFinishesGoes() {
    Pod running = pod("a", WEB);
    Pod finished = new Pod(running.meta(), running.spec(), running.addresses(), true);

    Cluster after =
        Cluster.of(List.of(running))
            .apply(Delta.between(Optional.of(running), Optional.of(finished)));

    assertThat(after.in("shop").podGroups()).isEmpty();
  }

  @Test
  void aPodThatIsNotThereCanNotGo() {
    Cluster cluster = Cluster.of(List.of(pod("a", WEB)));

    Cluster after =
        cluster.apply(
            Delta.between(Optional.of(pod("b", Labels.of("app", "api"))), Optional.empty()));

    assertThat(after.in("shop").countMatching(Selector.EVERYTHING)).isEqualTo(1);
  }

  @Test
  void podsOfTwoOwnersAreTwoGroups() {
    Pod bare = pod("a", WEB);
    Owner owner = new Owner("ReplicaSet", "web-5d4", "uid", true);
    Meta owned = new Meta("shop", "b", "", "", "", WEB, Map.of(), List.of(owner), false);

    Cluster cluster = Cluster.of(List.of(bare, bare.withMeta(owned)));

    assertThat(cluster.in("shop").podsMatching(Selector.of(WEB))).hasSize(2);
  }

  @Test
  void anObjectTakesThePlaceOfTheOneOfItsName() {
    Cluster before = Cluster.of(List.of(service("web", WEB)));
    Cluster after = before.apply(new Delta.Put(service("web", Labels.of("app", "api"))));

    assertThat(after.in("shop").services()).hasSize(1);
    assertThat(after.in("shop").servicesSelecting(WEB)).isEmpty();
    assertThat(before.in("shop").servicesSelecting(WEB)).hasSize(1);
  }

  @Test
  void aWorkloadCountsByItsTemplateEvenWithoutReplicas() {
    Workload none =
        new Workload(
            Kind.DEPLOYMENT,
            Meta.of("shop", "web", Labels.EMPTY),
            Optional.of(Selector.of(WEB)),
            new PodTemplate(WEB, PodSpec.EMPTY),
            0);

    Cluster cluster = Cluster.of(List.of(none));

    assertThat(cluster.in("shop").workloadsMatching(Selector.of(WEB))).containsExactly(none);
    assertThat(cluster.in("shop").podsMatching(Selector.of(WEB))).isEmpty();
    assertThat(cluster.in("shop").values("app")).containsExactly("web");
  }

  @Test
  void aDeploymentAndAJobOfOneNameAreTwo() {
    Some some = new Some(new Random(1));
    PodTemplate template = new PodTemplate(some.labels(), PodSpec.EMPTY);
    Meta meta = Meta.of("shop", "web", Labels.EMPTY);

    Cluster cluster =
        Cluster.of(
            List.of(
                new Workload(Kind.DEPLOYMENT, meta, Optional.empty(), template, 1),
                new Workload(Kind.JOB, meta, Optional.empty(), template, 1)));

    assertThat(cluster.find(Kind.DEPLOYMENT, "shop", "web")).isPresent();
    assertThat(cluster.in("shop").workloadsMatching(Selector.EVERYTHING)).hasSize(2);
  }

  @Test
  void anUnknownNamespaceHasOnlyTheLabelOfItsName() {
    assertThat(Cluster.EMPTY.namespaceLabels("shop"))
        .isEqualTo(Labels.of(Namespace.NAME_LABEL, "shop"));
  }

  @Test
  void aNamespaceIsFoundByTheLabelOfItsNameWithoutAnObject() {
    Cluster filled = Cluster.of(List.of(service("web", WEB)));
    Selector byName = Selector.of(Labels.of(Namespace.NAME_LABEL, "shop"));

    assertThat(filled.namespacesMatching(byName)).containsExactly("shop");
    assertThat(filled.apply(new Delta.Drop(Kind.SERVICE, "shop", "web")).namespacesMatching(byName))
        .isEmpty();
  }

  @Test
  void aNamespaceKeepsItsLabelsWhenTheLastThingInItGoes() {
    Namespace shop = new Namespace(Meta.of("", "shop", Labels.of("team", "a")));
    Cluster cluster = Cluster.of(List.of(shop, service("web", WEB)));

    Cluster emptied = cluster.apply(new Delta.Drop(Kind.SERVICE, "shop", "web"));

    assertThat(emptied.namespacesMatching(Selector.of(Labels.of("team", "a"))))
        .containsExactly("shop");
    assertThat(emptied.namespaceValues("team")).containsExactly("a");
  }

  @Test
  void aChangeThatChangesNothingGivesTheSamePicture() {
    Cluster cluster = Cluster.of(List.of(pod("a", WEB)));

    assertThat(cluster.apply(new Delta.Nothing())).isSameAs(cluster);
    assertThat(cluster.apply(Delta.between(Optional.of(pod("a", WEB)), Optional.of(pod("a", WEB)))))
        .isSameAs(cluster);
  }

  @Test
  void whatAChangeDoesNotTouchIsShared() {
    Cluster before = Cluster.of(List.of(service("web", WEB), inBank(service("web", WEB))));

    Cluster after = before.apply(new Delta.Drop(Kind.SERVICE, "bank", "web"));

    assertThat(after.in("shop")).isSameAs(before.in("shop"));
    assertThat(after.version()).isGreaterThan(before.version());
  }

  @Test
  void anIngressClaimsItsPathsWithoutTheSlashesAtTheirEnd() {
    assertThat(claims("/api", "/api/", "", "/"))
        .containsExactlyInAnyOrder(
            new Ingress.Claim("shop.example.com", "/api"),
            new Ingress.Claim("shop.example.com", "/"));
  }

  @Test
  void theLastIngressTakesItsClaimsOutOfTheIndex() {
    Ingress only = new Some(new Random(3)).ingress();
    Cluster with = Cluster.of(List.of(only));

    Cluster without = with.apply(Delta.between(Optional.of(only), Optional.empty()));

    assertThat(only.claims()).isNotEmpty();
    assertThat(only.claims())
        .allSatisfy(claim -> {
          assertThat(with.ingressesClaiming(claim)).containsExactly(only);
          assertThat(without.ingressesClaiming(claim)).isEmpty();
        });
  }

  @Test
  void pictureAndChangesAreThePictureBuiltAnew() {
    Property.forAll(150, ClusterTest::changes, ClusterTest::followsTheWorld);
  }

  @Test
  void anOldPictureStaysAsItWas() {
    Property.forAll(40, ClusterTest::changes, ClusterTest::keepsItsPast);
  }

  /** Puts an object where {@code put} holds, else deletes what has its name. */
  private record Step(boolean put, KubeObject object) {}

  private static List<Step> changes(Random random) {
    Some some = new Some(random);
    List<Step> steps = new ArrayList<>();
    for (int i = random.nextInt(80); i >= 0; i--) {
      steps.add(new Step(random.nextInt(3) > 0, some.object()));
    }
    return steps;
  }

  private static void followsTheWorld(List<Step> steps) {
    World world = new World();
    Cluster cluster = Cluster.EMPTY;
    for (Step step : steps) {
      cluster = cluster.apply(step(world, step));
    }
    assertThatPicture(cluster).shows(world);
    assertThatPicture(Cluster.of(world.objects())).shows(world);
  }

  private static void keepsItsPast(List<Step> steps) {
    World world = new World();
    World past = new World();
    Cluster cluster = Cluster.EMPTY;
    Cluster old = Cluster.EMPTY;
    for (int i = 0; i < steps.size(); i++) {
      cluster = cluster.apply(step(world, steps.get(i)));
      if (i == steps.size() / 2) {
        world.objects().forEach(past::put);
        old = cluster;
      }
    }
    assertThatPicture(old).shows(past);
  }

  private static Delta step(World world, Step step) {
    return step.put()
        ? Delta.between(world.put(step.object()), Optional.of(step.object()))
        : Delta.between(world.remove(World.Id.of(step.object())), Optional.empty());
  }

  private static Set<Ingress.Claim> claims(String... paths) {
    IngressBackend backend = new IngressBackend.ToService("web", Optional.empty());
    List<Ingress.Path> all =
        Stream.of(paths).map(path -> new Ingress.Path(path, "Prefix", backend)).toList();
    return new Ingress(
            Meta.of("shop", "web", Labels.EMPTY),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(new Ingress.Rule("shop.example.com", all)))
        .claims();
  }

  private static Pod pod(String name, Labels labels) {
    return new Pod(Meta.of("shop", name, labels), PodSpec.EMPTY, List.of(), false);
  }

  private static Service service(String name, Labels selector) {
    return new Service(
        Meta.of("shop", name, Labels.EMPTY),
        Service.Type.CLUSTER_IP,
        Optional.of(selector),
        "",
        List.of(),
        Service.Addresses.DEFAULT);
  }

  private static Service inBank(Service service) {
    return new Service(
        service.meta().withNamespace("bank"),
        service.type(),
        service.selector(),
        service.clusterIp(),
        service.ports(),
        service.addresses());
  }
}
