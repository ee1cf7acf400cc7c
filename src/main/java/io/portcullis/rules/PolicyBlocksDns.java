package io.portcullis.rules;

import io.portcullis.finding.Finding;
import io.portcullis.finding.Operation;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.net.Protocol;
import io.portcullis.reach.Isolation;
import io.portcullis.reach.PolicyRef;
import io.portcullis.reach.Reach;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A change of NetworkPolicies that takes the cluster's DNS from pods that have it. What a policy
 * that only closes takes may be given back by the next one, so that is only suspected; a policy
 * that opens something and not DNS is a mistake.
 */
public final class PolicyBlocksDns implements Rule {
  private static final String ID = "policy-blocks-dns";

  private static final RuleInfo INFO =
      new RuleInfo(
          ID,
          "A NetworkPolicy leaves pods the cluster's DNS",
          Set.of(Kind.NETWORK_POLICY),
          Set.of(Operation.CREATE, Operation.UPDATE, Operation.DELETE),
          RuleInfo.View.OTHER_OBJECTS);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> judge(Question question) {
    Optional<NetworkPolicy> old = policy(question.change().oldObject());
    Optional<NetworkPolicy> now = policy(question.change().object());
    if (closes(old).isEmpty() && closes(now).isEmpty()) {
      return List.of();
    }
    return ClusterDns.find(question)
        .map(dns ->
            switch (question.occasion()) {
              case REQUEST -> change(old, now, dns, question);
              case WHOLE -> now.map(policy -> whole(policy, dns, question)).orElse(List.of());
            })
        .orElse(List.of());
  }

  private static Optional<NetworkPolicy> policy(Optional<KubeObject> object) {
    return object.filter(NetworkPolicy.class::isInstance).map(NetworkPolicy.class::cast);
  }

  /** Only what isolates pods as they send can take DNS from them, or give it. */
  private static Optional<NetworkPolicy> closes(Optional<NetworkPolicy> policy) {
    return policy.filter(each -> each.policyTypes().contains(Direction.EGRESS));
  }

  private static List<Finding> change(
      Optional<NetworkPolicy> old, Optional<NetworkPolicy> now, ClusterDns dns, Question question) {
    Reach before = question.reachBefore();
    Reach after = question.reachAfter();
    Reach alone = after.byNamespaces();
    List<End> lost = new ArrayList<>();
    List<End> none = new ArrayList<>();
    List<End> half = new ArrayList<>();
    for (End end : concerned(old, now, question)) {
      Set<Protocol> had = dns.open(end.endpoint(), before);
      Set<Protocol> has = dns.open(end.endpoint(), after);
      if (!has.isEmpty()) {
        if (!has.equals(had) && !has.containsAll(dns.protocols())) {
          half.add(end);
        }
      } else if (!had.isEmpty()) {
        lost.add(end);
      } else if (opens(now, end) && !isOpen(end, dns, alone)) {
        none.add(end);
      }
    }
    DnsFindings findings = new DnsFindings(ID, dns, now, question);
    List<Finding> all = new ArrayList<>();
    if (!lost.isEmpty()) {
      all.add(onlyCloses(old, now) ? findings.closed(lost) : findings.lost(lost));
    }
    if (!none.isEmpty()) {
      all.add(findings.none(none));
    }
    if (!half.isEmpty()) {
      all.add(findings.half(half, after));
    }
    return all;
  }

  /** Whom the policy selects, or did. */
  private static Set<End> concerned(
      Optional<NetworkPolicy> old, Optional<NetworkPolicy> now, Question question) {
    Set<End> ends = new HashSet<>();
    for (Optional<NetworkPolicy> each : List.of(old, now)) {
      closes(each).map(policy -> askers(policy, question)).ifPresent(ends::addAll);
    }
    return ends;
  }

  /** Of those that a policy selects, whoever resolves names by the cluster's DNS. */
  private static List<End> askers(NetworkPolicy policy, Question question) {
    return End.selected(policy.namespace(), policy.podSelector(), question).stream()
        .filter(End::asksClusterDns)
        .toList();
  }

  /** Whether it has never allowed anything. */
  private static boolean onlyCloses(Optional<NetworkPolicy> old, Optional<NetworkPolicy> now) {
    return now.filter(policy -> !hasRules(policy)).isPresent()
        && old.filter(PolicyBlocksDns::hasRules).isEmpty();
  }

  private static boolean hasRules(NetworkPolicy policy) {
    return !policy.ingress().isEmpty() || !policy.egress().isEmpty();
  }

  /** Whether the policy lets these pods send something. */
  private static boolean opens(Optional<NetworkPolicy> now, End end) {
    return now.filter(policy -> !policy.egress().isEmpty())
        .filter(policy -> policy.podSelector().matches(end.endpoint().labels()))
        .isPresent();
  }

  /** Of all policies there are: no other will come to open DNS. */
  private static List<Finding> whole(NetworkPolicy policy, ClusterDns dns, Question question) {
    if (closes(Optional.of(policy)).isEmpty()) {
      return List.of();
    }
    Reach reach = question.reachAfter();
    Reach alone = reach.byNamespaces();
    List<End> none = new ArrayList<>();
    List<End> unsure = new ArrayList<>();
    List<End> half = new ArrayList<>();
    for (End end : askers(policy, question)) {
      Set<Protocol> has = dns.open(end.endpoint(), reach);
      if (has.containsAll(dns.protocols())
          || !isToldHere(policy, end, reach)
          || isOpen(end, dns, alone)) {
        continue;
      }
      if (!has.isEmpty()) {
        half.add(end);
      } else if (dns.isGuessed() && dns.mayAskAnother(end.endpoint(), reach)) {
        unsure.add(end);
      } else {
        none.add(end);
      }
    }
    DnsFindings findings = new DnsFindings(ID, dns, Optional.of(policy), question);
    List<Finding> all = new ArrayList<>();
    if (!none.isEmpty()) {
      all.add(findings.without(none));
    }
    if (!unsure.isEmpty()) {
      all.add(findings.perhapsWithout(unsure));
    }
    if (!half.isEmpty()) {
      all.add(findings.half(half, reach));
    }
    return all;
  }

  /**
   * Whether it has all of DNS. If it has by NetworkPolicies alone, none of them is the one to mend.
   */
  private static boolean isOpen(End end, ClusterDns dns, Reach reach) {
    return dns.open(end.endpoint(), reach).containsAll(dns.protocols());
  }

  /** Of several policies over the same pods the first that opens something is the one to mend. */
  private static boolean isToldHere(NetworkPolicy policy, End end, Reach reach) {
    return reach.stance(end.endpoint(), Direction.EGRESS).isolation()
            instanceof Isolation.Isolated isolated
        && isolated.allows().stream()
            .findFirst()
            .map(clause -> clause.policy())
            .filter(first -> is(first, policy))
            .isPresent();
  }

  private static boolean is(PolicyRef ref, NetworkPolicy policy) {
    return ref.namespace().equals(policy.namespace()) && ref.name().equals(policy.name());
  }
}
