package io.portcullis.rules;

import io.portcullis.finding.Change;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Operation;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.Pod;
import io.portcullis.kube.PortRef;
import io.portcullis.net.PortSet;
import io.portcullis.settings.Tiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The connections that a change of policies or labels takes away or opens. Of a declared flow or a
 * webhook's backend that is cut it is sure, unless by a policy that only closes: what opens it
 * again may be the next. The rest is told, since only people know what is meant.
 */
public final class PolicyCutsConnections implements Rule {
  private static final String ID = "policy-cuts-connections";

  /** Who comes from outside, as flows name it. */
  private static final Set<String> FROM_OUTSIDE = Set.of(Tiers.WORLD, "ingress");

  private static final RuleInfo INFO =
      new RuleInfo(
          ID,
          "A change of policies or labels keeps the declared flows and the backends of webhooks,"
              + " and tells what else it cuts or opens",
          Set.of(Kind.NETWORK_POLICY, Kind.NAMESPACE, Kind.POD),
          Set.of(Operation.CREATE, Operation.UPDATE, Operation.DELETE),
          RuleInfo.View.OTHER_OBJECTS);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  /** A pod that comes cuts nothing. */
  @Override
  public boolean isQuick(Change change) {
    return change.operation() == Operation.CREATE
        && change.subject().filter(Pod.class::isInstance).isPresent();
  }

  @Override
  public List<Finding> judge(Question question) {
    if (question.occasion() == Question.Occasion.WHOLE) {
      return List.of();
    }
    return GuardPreview.of(question)
        .map(PolicyCutsConnections::guard)
        .orElseGet(() -> all(question));
  }

  /** The guard itself closes and opens nothing: that is told, and nothing is refused. */
  private static List<Finding> guard(Question question) {
    List<Ways.Way> ways =
        new Ways(question, new Served(question))
            .changed(Touched.namespace(question.ref().name(), question)).stream()
                .map(way -> GuardPreview.withoutWhatItOpens(way, declared(way, question), question))
                .flatMap(way -> unsaid(way, List.of(), question).stream())
                .toList();
    return new ConnectionFindings(ID, question).ways(ways);
  }

  private static List<Finding> all(Question question) {
    Touched touched = Touched.by(question).changed(question);
    if (touched.ends().isEmpty()) {
      return List.of();
    }
    Served served = new Served(question);
    List<Flows.Cut> cuts = new Flows(question, served).cut(touched);
    List<Ways.Way> ways =
        new Ways(question, served)
            .changed(touched).stream()
                .flatMap(way -> unsaid(way, cuts, question).stream())
                .toList();
    ConnectionFindings words = new ConnectionFindings(ID, question);
    List<Finding> findings = new ArrayList<>();
    boolean onlyCloses = onlyCloses(question);
    findings.addAll(words.flows(cuts, onlyCloses));
    findings.addAll(
        new WebhookFindings(words).of(new WebhookBackends(question).cut(touched), onlyCloses));
    findings.addAll(words.ways(ways));
    return findings;
  }

  /** Whether it is a new policy that allows nothing, or nothing but DNS. */
  private static boolean onlyCloses(Question question) {
    Optional<KubeObject> object = question.change().object();
    PortSet dns = ClusterDns.find(question).map(ClusterDns::ports).orElse(PortSet.NONE);
    return question.change().operation() == Operation.CREATE
        && object.orElse(null) instanceof NetworkPolicy policy
        && policy.ingress().isEmpty()
        && policy.egress().stream().allMatch(rule -> isDns(rule, dns));
  }

  private static boolean isDns(NetworkPolicy.Rule rule, PortSet dns) {
    return !rule.ports().isEmpty()
        && rule.ports().stream()
            .allMatch(port ->
                switch (port.port().orElse(null)) {
                  case null -> false;
                  case PortRef.ByNumber number ->
                      port.endPort().isEmpty() && dns.contains(port.protocol(), number.port());
                  case PortRef.ByName name -> name.name().startsWith("dns");
                });
  }

  /**
   * What is left to tell of a way beside the flows that are cut, or opened as they should be. Of
   * ways between tiers that no flow lists, that they close is as it should be, and that a policy
   * opens them is for another rule to say.
   */
  private static Optional<Ways.Way> unsaid(Ways.Way way, List<Flows.Cut> cuts, Question question) {
    List<Tiers.Flow> flows = flows(way, question);
    PortSet declared = declared(way, question);
    PortSet told =
        cuts.stream()
            .map(Flows.Cut::flow)
            .filter(flows::contains)
            .map(Tiers.Flow::portSet)
            .reduce(PortSet.NONE, PortSet::union);
    boolean listed = !way.isBetweenTiers() || !flows.isEmpty();
    boolean byPolicy = question.change().object().orElse(null) instanceof NetworkPolicy;
    PortSet cut = listed ? way.cut().minus(told) : PortSet.NONE;
    PortSet opened = listed || !byPolicy ? way.opened().minus(declared) : PortSet.NONE;
    return cut.isEmpty() && opened.isEmpty()
        ? Optional.empty()
        : Optional.of(way.with(cut, opened));
  }

  private static PortSet declared(Ways.Way way, Question question) {
    return flows(way, question).stream()
        .map(Tiers.Flow::portSet)
        .reduce(PortSet.NONE, PortSet::union);
  }

  private static List<Tiers.Flow> flows(Ways.Way way, Question question) {
    return question.settings().tiers().flows().stream().filter(flow -> isOf(way, flow)).toList();
  }

  private static boolean isOf(Ways.Way way, Tiers.Flow flow) {
    boolean from =
        way.fromPlace().equals(Ways.TIER + flow.from())
            || (way.isFromOutside() && FROM_OUTSIDE.contains(flow.from()));
    return from && way.toPlace().equals(Ways.TIER + flow.to());
  }
}
