package io.portcullis.rules;

import io.portcullis.finding.Change;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Operation;
import io.portcullis.kube.Ingress;
import io.portcullis.kube.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An Ingress that takes requests that another one of its class takes already: which of them gets
 * them, the controller decides, often by age or name. Between namespaces it is a mistake, or theft.
 */
public final class IngressConflict implements Rule {
  private static final String ID = "ingress-conflict";

  private static final RuleInfo INFO =
      new RuleInfo(
          ID,
          "No two Ingresses of one class claim the same host and path",
          Set.of(Kind.INGRESS),
          Set.of(Operation.CREATE, Operation.UPDATE),
          RuleInfo.View.OTHER_OBJECTS);

  private static final String CANARY = "nginx.ingress.kubernetes.io/canary";

  /** One set of requests can go two ways here, told apart by headers and the like. */
  private static final String ALB_CONDITIONS = "alb.ingress.kubernetes.io/conditions.";

  /** Annotations that split requests: two Ingresses whose lists share nothing meet nowhere. */
  private static final List<String> SPLITS =
      List.of(Ingresses.TRAEFIK_ENTRY_POINTS, "konghq.com/methods");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public boolean isQuick(Change change) {
    return true;
  }

  @Override
  public List<Finding> judge(Question question) {
    return question
        .change()
        .object()
        .filter(Ingress.class::isInstance)
        .map(Ingress.class::cast)
        .filter(ingress -> !sharesOnPurpose(ingress))
        .flatMap(ingress ->
            Ingresses.door(ingress, question.before())
                .map(door -> conflicts(ingress, door, question)))
        .orElse(List.of());
  }

  /** Whether it is made to stand beside another of the same paths, or for a minute only. */
  static boolean sharesOnPurpose(Ingress ingress) {
    if (Ingresses.isAcmeSolver(ingress)) {
      return true;
    }
    Map<String, String> annotations = ingress.meta().annotations();
    for (String key : annotations.keySet()) {
      if (key.startsWith(ALB_CONDITIONS)) {
        return true;
      }
    }
    return "true".equals(annotations.get(CANARY)) || annotations.containsKey(Ingresses.MERGEABLE);
  }

  private static List<Finding> conflicts(Ingress ingress, String door, Question question) {
    List<Finding> findings = new ArrayList<>();
    Set<String> told = new HashSet<>();
    for (int i = 0; i < ingress.rules().size(); i++) {
      Ingress.Rule rule = ingress.rules().get(i);
      for (int j = 0; j < rule.paths().size(); j++) {
        ClaimedPath place = new ClaimedPath(ingress, i, j);
        if (told.add(place.subject())) {
          other(place, door, question)
              .map(other -> place.taken(ID, other, question.after()))
              .ifPresent(findings::add);
        }
      }
    }
    return findings;
  }

  /** Who else claims it: another namespace's before one of the same, then by name. */
  private static Optional<Ingress> other(ClaimedPath place, String door, Question question) {
    List<Ingress> claiming = question.before().ingressesClaiming(place.claim());
    if (claiming.isEmpty()) {
      return Optional.empty();
    }
    Ingress self = place.ingress();
    return claiming.stream()
        .filter(other -> !isSame(other, self))
        .filter(other -> !isInEndingNamespace(other, question))
        .filter(place::isTakenBy)
        .filter(other -> !sharesOnPurpose(other) && !areApart(self, other))
        .filter(other -> Ingresses.door(other, question.before()).equals(Optional.of(door)))
        .min(
            Comparator.comparing((Ingress other) -> !place.isStolenFrom(other))
                .thenComparing(Ingress::namespace)
                .thenComparing(Ingress::name));
  }

  private static boolean isInEndingNamespace(Ingress ingress, Question question) {
    return question
        .before()
        .namespace(ingress.namespace())
        .filter(namespace -> namespace.meta().ending())
        .isPresent();
  }

  /** Whether no request is for both: one of them says nothing where both would. */
  static boolean areApart(Ingress a, Ingress b) {
    return SPLITS.stream()
        .anyMatch(key -> {
          Set<String> some = Ingresses.list(a.meta().annotation(key).orElse(""));
          Set<String> others = Ingresses.list(b.meta().annotation(key).orElse(""));
          return !some.isEmpty() && !others.isEmpty() && Collections.disjoint(some, others);
        });
  }

  private static boolean isSame(Ingress a, Ingress b) {
    return a.namespace().equals(b.namespace()) && a.name().equals(b.name());
  }
}
