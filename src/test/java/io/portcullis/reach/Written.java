package io.portcullis.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.manifests.Manifests;
import io.portcullis.cluster.manifests.Sources;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Pod;
import java.util.List;

/** A small cluster as YAML. */
final class Written {
  private final List<KubeObject> objects;

  private Written(List<KubeObject> objects) {
    this.objects = objects;
  }

  /** The objects of a text, each of which the API server would take. */
  static Written of(String... yaml) {
    Sources.Text text = new Sources.Text("-", String.join("\n---\n", yaml), true);
    Manifests manifests = Manifests.of(new Sources(List.of(text), List.of()), "default");
    assertThat(manifests.problems()).isEmpty();
    return new Written(manifests.objects());
  }

  List<KubeObject> objects() {
    return objects;
  }

  List<Pod> pods() {
    return objects.stream().filter(Pod.class::isInstance).map(Pod.class::cast).toList();
  }

  Cluster cluster() {
    return Cluster.of(objects);
  }

  /** What may pass between two pods, or a pod and addresses. */
  Connection between(Peer from, Peer to) {
    return Reach.of(cluster()).between(from, to);
  }

  Connection between(String from, String to) {
    return between(pod(from), pod(to));
  }

  /** A pod by {@code namespace/name}. */
  Endpoint pod(String id) {
    return pods().stream()
        .filter(pod -> (pod.namespace() + "/" + pod.name()).equals(id))
        .map(Endpoint::of)
        .findFirst()
        .orElseThrow();
  }

  /** A pod with one label and one container port. */
  static String pod(String namespace, String name, String app, String port) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: %s, namespace: %s, labels: {app: %s}}
    spec: {containers: [{name: c, ports: [%s]}]}
    """
        .formatted(name, namespace, app, port);
  }

  /** A pod with one label and an address. */
  static String podAt(String namespace, String name, String app, String address) {
    return pod(namespace, name, app, "") + "status: {podIP: " + address + "}\n";
  }

  /** A NetworkPolicy. */
  static String policy(String namespace, String name, String spec) {
    return """
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata: {name: %s, namespace: %s}
    spec: %s
    """
        .formatted(name, namespace, spec);
  }

  static String namespace(String name, String labels) {
    return """
    apiVersion: v1
    kind: Namespace
    metadata: {name: %s, labels: %s}
    """
        .formatted(name, labels);
  }

  static String admin(String name, int priority, String rest) {
    return """
    apiVersion: policy.networking.k8s.io/v1alpha1
    kind: AdminNetworkPolicy
    metadata: {name: %s}
    spec: {priority: %d, %s}
    """
        .formatted(name, priority, rest);
  }

  static String baseline(String rest) {
    return """
    apiVersion: policy.networking.k8s.io/v1alpha1
    kind: BaselineAdminNetworkPolicy
    metadata: {name: default}
    spec: {%s}
    """
        .formatted(rest);
  }

  static String clusterWide(String name, String tier, int priority, String rest) {
    return """
    apiVersion: policy.networking.k8s.io/v1alpha2
    kind: ClusterNetworkPolicy
    metadata: {name: %s}
    spec: {tier: %s, priority: %d, %s}
    """
        .formatted(name, tier, priority, rest);
  }
}
