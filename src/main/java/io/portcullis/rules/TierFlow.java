package io.portcullis.rules;

import io.portcullis.finding.Finding;
import io.portcullis.finding.Operation;
import io.portcullis.kube.Kind;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.net.PortSet;
import io.portcullis.settings.Tiers;
import io.portcullis.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A NetworkPolicy that opens a way between tiers, or between a tier and the world, that the
 * settings do not declare. Says nothing where no tier is declared.
 */
public final class TierFlow implements Rule {
  static final String ID = "tier-flow";

  private static final RuleInfo INFO =
      new RuleInfo(
          ID,
          "A NetworkPolicy opens only the flows between tiers that the settings declare",
          Set.of(Kind.NETWORK_POLICY),
          Set.of(Operation.CREATE, Operation.UPDATE),
          RuleInfo.View.OTHER_OBJECTS);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> judge(Question question) {
    if (!question.settings().tiers().declared()
        || !(question.change().object().orElse(null) instanceof NetworkPolicy policy)) {
      return List.of();
    }
    List<OpenedFlows.Opened> old =
        question.change().oldObject().orElse(null) instanceof NetworkPolicy before
            ? OpenedFlows.by(before, question)
            : List.of();
    List<Finding> findings = new ArrayList<>();
    for (OpenedFlows.Opened opened : OpenedFlows.by(policy, question)) {
      findings.add(finding(opened, old, question));
    }
    return findings;
  }

  /** Of what the old object opened, the new one may still open a part: so it is mended in steps. */
  private static Finding finding(
      OpenedFlows.Opened opened, List<OpenedFlows.Opened> old, Question question) {
    PortSet before =
        old.stream()
            .filter(opened::isBetween)
            .map(OpenedFlows.Opened::ports)
            .reduce(PortSet.NONE, PortSet::union);
    PortSet added = opened.ports().minus(before);
    boolean dnsToAnybody = opened.isToWorld() && OpenedFlows.DNS.containsAll(added);
    return added.isEmpty() || dnsToAnybody
        ? told(Finding.Severity.SUSPICION, opened, opened.ports(), question)
        : told(Finding.Severity.VIOLATION, opened, added, question).restsOn(opened.evidence());
  }

  private static Finding told(
      Finding.Severity severity, OpenedFlows.Opened opened, PortSet ports, Question question) {
    Tiers tiers = question.settings().tiers();
    PortSet shown = ports.equals(opened.ports()) ? opened.opened() : ports;
    String message =
        "opens %s -> %s %s, %s."
            .formatted(opened.from(), opened.to(), shown, declared(opened, tiers));
    Finding finding =
        switch (severity) {
          case VIOLATION -> Finding.violation(ID, question.ref(), opened.path(), message);
          case SUSPICION -> Finding.suspicion(ID, question.ref(), opened.path(), message);
        };
    return finding
        .fix(fix(opened, shown, tiers))
        .about("%s -> %s %s".formatted(opened.from(), opened.to(), ports));
  }

  /** The nearest that is declared: between the two, else to the same end. */
  private static String declared(OpenedFlows.Opened opened, Tiers tiers) {
    PortSet between = tiers.ports(opened.from(), opened.to());
    if (!between.isEmpty()) {
      return "but the flow that is declared is %s only".formatted(between);
    }
    List<String> others =
        tiers.flows().stream()
            .filter(flow -> flow.to().equals(opened.to()))
            .map(flow -> "%s (%s)".formatted(flow.from(), flow.portSet()))
            .toList();
    return "which no flow declares: "
        + (others.isEmpty()
            ? "nobody is declared to reach " + opened.to()
            : "only %s may reach %s".formatted(Words.and(others), opened.to()));
  }

  private static String fix(OpenedFlows.Opened opened, PortSet ports, Tiers tiers) {
    PortSet between = tiers.ports(opened.from(), opened.to());
    return "%s; if it is meant, declare {from: %s, to: %s%s} in tiers.flows of the settings."
        .formatted(
            between.isEmpty() ? "remove it or name other peers" : "allow only " + between,
            opened.from(),
            opened.to(),
            asInSettings(ports));
  }

  private static String asInSettings(PortSet ports) {
    return ports.isAll()
        ? ""
        : ", ports: [%s]".formatted(ports.toString().replaceAll("all ([A-Z]+)", "$1/1-65535"));
  }
}
