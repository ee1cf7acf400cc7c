package io.portcullis.rules;

import io.portcullis.cluster.Cluster;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Operation;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.kube.PolicyPeer;
import io.portcullis.kube.Workload;
import io.portcullis.net.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A NetworkPolicy that selects no pod, or a peer of it that means nobody; and a template or a
 * namespace that loses the labels that a policy asks for. What may still come is only suspected;
 * what is nearly there under another spelling is a mistake.
 */
public final class PolicySelectsNothing implements Rule {
  private static final String ID = "policy-selects-nothing";

  private static final RuleInfo INFO =
      new RuleInfo(
          ID,
          "A NetworkPolicy and its peers select pods and namespaces that are there",
          Set.of(
              Kind.NETWORK_POLICY,
              Kind.NAMESPACE,
              Kind.DEPLOYMENT,
              Kind.STATEFUL_SET,
              Kind.DAEMON_SET),
          Set.of(Operation.CREATE, Operation.UPDATE),
          RuleInfo.View.OTHER_OBJECTS);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> judge(Question question) {
    Optional<KubeObject> object = question.change().object();
    if (object.orElse(null) instanceof NetworkPolicy policy) {
      return judge(policy, question);
    }
    Optional<KubeObject> before = question.change().oldObject();
    if (object.orElse(null) instanceof Namespace now
        && before.orElse(null) instanceof Namespace old) {
      return StrandedPeers.of(ID, old, now, question);
    }
    return object.orElse(null) instanceof Workload now
            && before.orElse(null) instanceof Workload old
        ? Stranded.policies(ID, old, now, question)
        : List.of();
  }

  private static List<Finding> judge(NetworkPolicy policy, Question question) {
    List<Finding> findings = new ArrayList<>();
    Set<PolicyPeer> told = new HashSet<>();
    PolicyPeer self = new PolicyPeer.Pods(Optional.of(policy.podSelector()), Optional.empty());
    told.add(self);
    pods(policy, PolicyPaths.POD_SELECTOR, policy.podSelector(), question).ifPresent(findings::add);
    for (Direction direction : Direction.values()) {
      for (int i = 0; i < policy.rules(direction).size(); i++) {
        List<PolicyPeer> peers = policy.rules(direction).get(i).peers();
        for (int j = 0; j < peers.size(); j++) {
          if (peers.get(j) instanceof PolicyPeer.Pods peer && told.add(peer)) {
            peer(policy, PolicyPaths.peers(direction, i).index(j), peer, question)
                .ifPresent(findings::add);
          }
        }
      }
    }
    return findings;
  }

  private static Optional<Finding> peer(
      NetworkPolicy policy, FieldPath path, PolicyPeer.Pods peer, Question question) {
    Selector pods = peer.podSelector().orElse(Selector.EVERYTHING);
    FieldPath podPath = path.field("podSelector");
    if (peer.namespaceSelector().isEmpty()) {
      return pods(policy, podPath, pods, question);
    }
    Selector wanted = peer.namespaceSelector().get();
    if (isNearBy(wanted, pods, policy.namespace(), question)) {
      return Optional.empty();
    }
    List<String> namespaces = question.after().namespacesMatching(wanted);
    if (namespaces.isEmpty()) {
      return wanted.asksForNothing()
          ? Optional.empty()
          : Optional.of(
              new SoughtNamespaces(ID, path.field("namespaceSelector"), wanted).finding(question));
    }
    return new SoughtPods(ID, podPath, pods, namespaces, policy.namespace()).finding(question);
  }

  /**
   * Whether the pods are where they are meant to be most often: that spares a look at every
   * namespace of the cluster.
   */
  private static boolean isNearBy(
      Selector namespaces, Selector pods, String own, Question question) {
    Cluster after = question.after();
    return Stream.of(own, "kube-system")
        .filter(after.namespaces()::containsKey)
        .filter(name -> namespaces.matches(after.namespaceLabels(name)))
        .anyMatch(name -> SoughtPods.areIn(name, pods, question));
  }

  private static Optional<Finding> pods(
      NetworkPolicy policy, FieldPath path, Selector wanted, Question question) {
    List<String> here = List.of(policy.namespace());
    return new SoughtPods(ID, path, wanted, here, policy.namespace()).finding(question);
  }
}
