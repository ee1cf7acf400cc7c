package io.portcullis.rules;

import io.portcullis.cluster.Cluster;
import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.finding.Operation;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.NetworkPolicy;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A NetworkPolicy in a cluster where nothing enforces it: the API server stores it, and every
 * packet passes. What runs on each node tells; where nothing of the network is to be seen there,
 * nothing is said.
 */
public final class PolicyNotEnforced implements Rule {
  private static final String ID = "policy-not-enforced";

  private static final RuleInfo INFO =
      new RuleInfo(
          ID,
          "Something in the cluster enforces NetworkPolicies",
          Set.of(Kind.NETWORK_POLICY),
          Set.of(Operation.CREATE, Operation.UPDATE),
          RuleInfo.View.OTHER_OBJECTS);

  /** What is on each node of every cluster that has it, and enforces nothing by itself. */
  private static final List<String> ONLY_CARRIES = List.of("flannel", "kube-proxy");

  /**
   * Parts of the names of what enforces policies on a node, or may: what is not known by name but
   * calls itself a plugin of the network is given the benefit of the doubt.
   */
  private static final List<String> ENFORCES =
      List.of(
          "calico",
          "canal",
          "cilium",
          "anetd",
          "kube-network-policies",
          "kube-router",
          "antrea",
          "azure-npm",
          "aws-node",
          "kindnet",
          "ovn",
          "weave",
          "sdn",
          "terway",
          "nsx",
          "contrail",
          "romana",
          "cni",
          "netpol",
          "policy",
          "policies");

  /** A mesh's plugin redirects traffic to sidecars and enforces no policy. */
  private static final String MESH = "istio-cni";

  /** k3s enforces policies inside its own process; its nodes say so. */
  private static final String INSTANCE_TYPE = "node.kubernetes.io/instance-type";

  private static final String K3S = "k3s";

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> judge(Question question) {
    return question.change().object().orElse(null) instanceof NetworkPolicy
        ? carrier(question)
            .filter(_ -> !isEnforced(question.after()))
            .map(carrier -> List.of(finding(carrier, question)))
            .orElse(List.of())
        : List.of();
  }

  /**
   * What carries packets and enforces nothing, unless an enforcer is in the same places: those of
   * the cluster's own components, so that a cluster with thousands of namespaces is not searched.
   */
  private static Optional<KubeObject> carrier(Question question) {
    List<KubeObject> components =
        question.settings().namespaces().exempt().stream()
            .flatMap(namespace -> daemonSets(question.after(), namespace))
            .toList();
    return components.stream().anyMatch(PolicyNotEnforced::mayEnforce)
        ? Optional.empty()
        : components.stream()
            .filter(component -> isNamed(component, ONLY_CARRIES))
            .min(Comparator.comparing(KubeObject::name));
  }

  private static boolean isEnforced(Cluster cluster) {
    return cluster.all(Kind.NODE).stream()
            .anyMatch(node -> node.meta().labels().has(INSTANCE_TYPE, K3S))
        || cluster.namespaces().keySet().stream()
            .flatMap(namespace -> daemonSets(cluster, namespace))
            .anyMatch(PolicyNotEnforced::mayEnforce);
  }

  private static Stream<KubeObject> daemonSets(Cluster cluster, String namespace) {
    return cluster.in(namespace).all(Kind.DAEMON_SET).stream();
  }

  private static boolean mayEnforce(KubeObject component) {
    return isNamed(component, ENFORCES) && !component.name().startsWith(MESH);
  }

  private static boolean isNamed(KubeObject component, List<String> parts) {
    String name = component.name().toLowerCase(Locale.ROOT);
    return parts.stream().anyMatch(name::contains);
  }

  private static Finding finding(KubeObject carrier, Question question) {
    return Finding.suspicion(
            ID,
            question.ref(),
            FieldPath.ROOT,
            "nothing that enforces NetworkPolicies is found in the cluster: its nodes run DaemonSet %s/%s, which does not."
                .formatted(carrier.namespace(), carrier.name()))
        .fix("install a network plugin that enforces them, such as Calico or Cilium.")
        .related(List.of(ObjectRef.of(carrier)))
        .about("no enforcer");
  }
}
