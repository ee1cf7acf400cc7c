package io.portcullis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.kube.Ingress;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.PortRef;
import io.portcullis.kube.Service;
import io.portcullis.net.AddressRange;
import io.portcullis.net.Labels;
import io.portcullis.net.Protocol;
import io.portcullis.net.Selector;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What can be said of a picture. */
public final class ClusterAssert {
  private static final int QUESTIONS = 12;

  private final Cluster cluster;

  private ClusterAssert(Cluster cluster) {
    this.cluster = cluster;
  }

  public static ClusterAssert assertThatPicture(Cluster cluster) {
    return new ClusterAssert(cluster);
  }

  /** It holds just what the world holds, and answers every question as the world does. */
  public void shows(World world) {
    assertThat(cluster.namespaces().keySet()).isEqualTo(world.namespaces());
    assertThat(plain(cluster.in(""))).isEqualTo(world.plain(""));
    Some some = new Some(new Random(7));
    for (String namespace : Some.NAMESPACES) {
      assertThat(cluster.namespace(namespace)).isEqualTo(world.namespace(namespace));
      assertThat(cluster.namespaceLabels(namespace)).isEqualTo(world.namespaceLabels(namespace));
      Contents contents = cluster.in(namespace);
      assertThat(plain(contents)).isEqualTo(world.plain(namespace));
      assertThat(counts(contents, contents.podGroups()))
          .isEqualTo(world.groups(namespace, _ -> true));
      for (int i = 0; i < QUESTIONS; i++) {
        answersLike(world, namespace, some.selector());
        selectsLike(world, namespace, some.labels());
      }
      valuesLike(world, namespace);
      routesLike(world, namespace);
    }
    carriedLike(world);
    claimsLike(world);
    translationsLike(world);
    for (int i = 0; i < QUESTIONS; i++) {
      looksOverNamespacesLike(world, some.selector(), some.labels());
      AddressRange range = some.range();
      assertThat(cluster.ledger().overlapping(range))
          .as("who claims %s", range)
          .containsExactlyInAnyOrderElementsOf(world.claims(range));
    }
  }

  private void looksOverNamespacesLike(World world, Selector selector, Labels labels) {
    assertThat(cluster.namespacesMatching(selector))
        .as("namespaces that match %s", selector)
        .containsExactlyInAnyOrderElementsOf(world.namespacesMatching(selector));
    assertThat(cluster.policiesAskingFor(labels))
        .as("policies that ask for %s", labels)
        .containsExactlyInAnyOrderElementsOf(world.policiesAskingFor(labels));
  }

  private void carriedLike(World world) {
    for (String key : List.of("app", "tier", "track", "nobody-has-it")) {
      Set<String> values =
          Some.NAMESPACES.stream()
              .flatMap(namespace -> world.values(namespace, key).stream())
              .collect(Collectors.toSet());
      for (String value : values) {
        assertThat(cluster.namespacesOfPods(Selector.of(Labels.of(key, value))))
            .as("namespaces with %s=%s", key, value)
            .containsExactlyInAnyOrderElementsOf(
                Some.NAMESPACES.stream()
                    .filter(namespace -> world.values(namespace, key).contains(value))
                    .toList());
      }
      assertThat(cluster.namespacesOfPods(Selector.of(Labels.of(key, "nobody's")))).isEmpty();
    }
  }

  private void answersLike(World world, String namespace, Selector selector) {
    Contents contents = cluster.in(namespace);
    Map<PodGroup, Integer> groups = world.groups(namespace, selector::matches);
    assertThat(contents.podsMatching(selector))
        .as("pods of %s that match %s", namespace, selector)
        .containsExactlyInAnyOrderElementsOf(groups.keySet());
    assertThat(contents.countMatching(selector))
        .isEqualTo(groups.values().stream().mapToInt(Integer::intValue).sum());
    assertThat(contents.anyPodMatches(selector)).isEqualTo(!groups.isEmpty());
    assertThat(contents.workloadsMatching(selector))
        .as("workloads of %s that match %s", namespace, selector)
        .containsExactlyInAnyOrderElementsOf(world.workloads(namespace, selector));
    assertThat(contents.anyTemplateMatches(selector))
        .isEqualTo(!world.workloads(namespace, selector).isEmpty());
  }

  private void selectsLike(World world, String namespace, Labels labels) {
    assertThat(cluster.in(namespace).selecting(labels))
        .as("what selects %s in %s", labels, namespace)
        .containsExactlyInAnyOrderElementsOf(world.selecting(namespace, labels));
    assertThat(cluster.in(namespace).policiesSelecting(labels))
        .as("policies that select %s in %s", labels, namespace)
        .containsExactlyInAnyOrderElementsOf(
            world.selecting(namespace, labels).stream()
                .filter(NetworkPolicy.class::isInstance)
                .map(NetworkPolicy.class::cast)
                .toList());
  }

  private void valuesLike(World world, String namespace) {
    for (String key : List.of("app", "tier", "track", "nobody-has-it")) {
      assertThat(cluster.in(namespace).values(key)).isEqualTo(world.values(namespace, key));
      assertThat(cluster.in(namespace).hasKey(key))
          .isEqualTo(!world.values(namespace, key).isEmpty());
    }
  }

  private void routesLike(World world, String namespace) {
    for (String service : Some.NAMES) {
      assertThat(cluster.in(namespace).ingressesTo(service))
          .as("what leads to Service %s/%s", namespace, service)
          .containsExactlyInAnyOrderElementsOf(world.ingressesTo(namespace, service));
    }
  }

  private void claimsLike(World world) {
    for (String host : Some.HOSTS) {
      for (String path : List.of("/", "/api", "/nobody")) {
        Ingress.Claim claim = new Ingress.Claim(host, path);
        assertThat(cluster.ingressesClaiming(claim))
            .as("%s", claim)
            .containsExactlyInAnyOrderElementsOf(world.ingressesClaiming(claim));
      }
    }
  }

  private void translationsLike(World world) {
    for (int port : List.of(80, 81, 82)) {
      Service.Front front = new Service.Front(Protocol.TCP, new PortRef.ByNumber(port));
      assertThat(cluster.isTranslated(front)).as("%s", front).isEqualTo(world.isTranslated(front));
    }
  }

  private static Set<KubeObject> plain(Contents contents) {
    Set<KubeObject> all = new HashSet<>();
    for (Kind kind : Kind.values()) {
      all.addAll(contents.all(kind));
    }
    return all;
  }

  private static Map<PodGroup, Integer> counts(Contents contents, Set<PodGroup> groups) {
    return groups.stream().collect(Collectors.toMap(Function.identity(), contents::count));
  }
}
