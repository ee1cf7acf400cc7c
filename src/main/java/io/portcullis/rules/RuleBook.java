package io.portcullis.rules;

import io.portcullis.finding.Change;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules that there are. */
public final class RuleBook {
  private final List<Rule> rules;
  private final Map<Kind, List<Rule>> byKind = new EnumMap<>(Kind.class);

  /** A book of these rules. */
  public RuleBook(List<Rule> rules) {
    this.rules = List.copyOf(rules);
    for (Kind kind : Kind.values()) {
      byKind.put(kind, rules.stream().filter(rule -> rule.info().kinds().contains(kind)).toList());
    }
  }

  /** All our rules, in the order of their names. */
  public static RuleBook standard() {
    return new RuleBook(
        List.of(
            new AddressOverlap(),
            new DefaultDenyKept(),
            new IngressBackend(),
            new IngressConflict(),
            new IngressTls(),
            new PodHostNetwork(),
            new PolicyBlocksDns(),
            new PolicyCutsConnections(),
            new PolicyIpblock(),
            new PolicyNotEnforced(),
            new PolicyOneSided(),
            new PolicyPort(),
            new PolicySelectsNothing(),
            new PolicyTooOpen(),
            new ServiceOverlap(),
            new ServicePort(),
            new ServiceSelector(),
            new SettingsValid(),
            new TierFlow(),
            new TierLabel()));
  }

  public List<Rule> rules() {
    return rules;
  }

  public Optional<Rule> find(String id) {
    return rules.stream().filter(rule -> rule.info().id().equals(id)).findFirst();
  }

  /** Whether all rules that look at such a change are {@linkplain Rule#isQuick quick}. */
  public boolean isQuick(Change change) {
    return about(change).stream().allMatch(rule -> rule.isQuick(change));
  }

  /** The rules that look at changes of this kind and operation. */
  public List<Rule> about(Change change) {
    Optional<Kind> kind = change.subject().map(KubeObject::kind);
    return kind.isEmpty()
        ? List.of()
        : byKind.getOrDefault(kind.get(), List.of()).stream()
            .filter(rule -> rule.info().operations().contains(change.operation()))
            .toList();
  }
}
