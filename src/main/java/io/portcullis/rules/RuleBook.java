package io.portcullis.rules;

import io.portcullis.finding.Change;
import io.portcullis.finding.Operation;
import io.portcullis.kube.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules that there are. */
public final class RuleBook {
  private final List<Rule> rules;
  private final Map<Kind, Map<Operation, List<Rule>>> about = new EnumMap<>(Kind.class);

  /** A book of these rules. */
  public RuleBook(List<Rule> rules) {
    this.rules = List.copyOf(rules);
    for (Kind kind : Kind.values()) {
      Map<Operation, List<Rule>> byOperation = new EnumMap<>(Operation.class);
      for (Operation operation : Operation.values()) {
        byOperation.put(operation, about(kind, operation));
      }
      about.put(kind, byOperation);
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
    for (Rule rule : about(change)) {
      if (!rule.isQuick(change)) {
        return false;
      }
    }
    return true;
  }

  /** The rules that look at changes of this kind and operation. */
  public List<Rule> about(Change change) {
    return change
        .subject()
        .flatMap(subject -> Optional.ofNullable(about.get(subject.kind())))
        .map(byOperation -> byOperation.getOrDefault(change.operation(), List.of()))
        .orElse(List.of());
  }

  private List<Rule> about(Kind kind, Operation operation) {
    return rules.stream()
        .filter(rule -> rule.info().kinds().contains(kind))
        .filter(rule -> rule.info().operations().contains(operation))
        .toList();
  }
}
