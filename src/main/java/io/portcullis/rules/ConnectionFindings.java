package io.portcullis.rules;

import io.portcullis.finding.Evidence;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Operation;
import io.portcullis.kube.ClusterPolicy.Action;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.net.PortSet;
import io.portcullis.reach.Connection;
import io.portcullis.reach.PolicyRef;
import io.portcullis.reach.Verdict;
import io.portcullis.text.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is said of connections that a change cuts or opens. */
record ConnectionFindings(String rule, Question question) {
  private static final FieldPath SPEC = FieldPath.of("spec");
  private static final FieldPath LABELS = FieldPath.of("metadata", "labels");

  /** How to mend what a policy cuts that only closes. */
  static final String OPEN_NEXT = "apply the policy that opens it first, or right after this one.";

  private static final String ELSEWHERE = "from other namespaces";

  /** How many connections are told one by one; more are summed up. */
  private static final int MOST = 20;

  /** One for each flow: whom it is cut for, and by what. */
  List<Finding> flows(List<Flows.Cut> cuts, boolean onlyCloses) {
    Map<Object, List<Flows.Cut>> byFlow =
        cuts.stream()
            .collect(
                Collectors.groupingBy(Flows.Cut::flow, LinkedHashMap::new, Collectors.toList()));
    return byFlow.values().stream()
        .map(each -> flow(each.getFirst(), each.size() - 1, onlyCloses))
        .toList();
  }

  private Finding flow(Flows.Cut cut, int others, boolean onlyCloses) {
    String message =
        "cuts %s -> %s %s: %s%s."
            .formatted(
                cut.flow().from(),
                cut.flow().to(),
                cut.ports(),
                closed(connection(cut), cut.ports(), cut.direction()),
                who(cut, others));
    FieldPath path = whole(question);
    Finding finding =
        onlyCloses
            ? Finding.suspicion(rule, question.ref(), path, message).fix(OPEN_NEXT)
            : Finding.violation(rule, question.ref(), path, message)
                .fix(fix("open it here, or apply the policy that does first."))
                .restsOn(evidence(cut));
    return finding.about("flow " + cut.flow().from() + " " + cut.flow().to());
  }

  private static String who(Flows.Cut cut, int others) {
    String with =
        cut.other().isEmpty()
            ? cut.end().path()
            : cut.sender().path() + " to " + cut.receiver().path();
    return " (" + with + (others == 0 ? "" : " and " + others + " more") + ")";
  }

  /** What to change: the whole policy, or the labels. */
  static FieldPath whole(Question question) {
    return question.isOfPolicy() ? SPEC : LABELS;
  }

  /**
   * How to mend a cut.
   *
   * @param opening how, where a policy is made or changed
   */
  String fix(String opening) {
    if (!question.isOfPolicy()) {
      return "change the policies that ask for the labels first.";
    }
    return question.change().operation() == Operation.DELETE
        ? "apply another policy that opens it first, or delete the policies that isolate the pods"
            + " before this one."
        : opening;
  }

  private Connection connection(Flows.Cut cut) {
    return cut.other().isEmpty()
        ? question.reachAfter().between(Ways.ANYWHERE, cut.end().endpoint())
        : question.reachAfter().between(cut.sender().endpoint(), cut.receiver().endpoint());
  }

  /**
   * The ways that are no declared flows: one by one, or by tiers and namespaces where many. Of a
   * new policy those from other namespaces are told last and all at once: most of them nobody uses.
   */
  List<Finding> ways(List<Ways.Way> ways) {
    if (question.change().operation() != Operation.CREATE) {
      return each(ways);
    }
    List<Ways.Way> far = ways.stream().filter(Ways.Way::isFar).toList();
    List<Finding> findings =
        new ArrayList<>(each(ways.stream().filter(way -> !way.isFar()).toList()));
    Stream.of(cut(far, ELSEWHERE), opened(far, ELSEWHERE))
        .flatMap(Optional::stream)
        .forEach(findings::add);
    return findings;
  }

  private List<Finding> each(List<Ways.Way> ways) {
    int limit = question.settings().rule(rule).limit().orElse(MOST);
    if (ways.size() <= limit) {
      return ways.stream()
          .flatMap(way -> Stream.of(cut(List.of(way), ""), opened(List.of(way), "")))
          .flatMap(Optional::stream)
          .toList();
    }
    Map<List<String>, List<Ways.Way>> byPlace =
        ways.stream()
            .collect(
                Collectors.groupingBy(
                    way -> List.of(way.fromPlace(), way.toPlace()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return byPlace.values().stream()
        .limit(limit)
        .flatMap(each -> Stream.of(cut(each, between(each)), opened(each, between(each))))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Finding> cut(List<Ways.Way> all, String where) {
    List<Ways.Way> ways = all.stream().filter(way -> !way.cut().isEmpty()).toList();
    if (ways.isEmpty()) {
      return Optional.empty();
    }
    Ways.Way first = ways.getFirst();
    Direction side = side(first.after(), first.cut(), Direction.INGRESS);
    String message =
        "cuts %s%s: %s."
            .formatted(
                many(ways, where),
                line(first) + " " + first.cut(),
                closed(first.after(), first.cut(), side));
    return Optional.of(told(message, side, where));
  }

  private Optional<Finding> opened(List<Ways.Way> all, String where) {
    List<Ways.Way> ways = all.stream().filter(way -> !way.opened().isEmpty()).toList();
    if (ways.isEmpty()) {
      return Optional.empty();
    }
    Ways.Way first = ways.getFirst();
    String message =
        "opens %s%s: %s."
            .formatted(many(ways, where), line(first) + " " + first.opened(), open(first));
    return Optional.of(told(message, Direction.INGRESS, where));
  }

  private Finding told(String message, Direction side, String where) {
    FieldPath path =
        where.equals(ELSEWHERE)
            ? SPEC.field("policyTypes")
            : side == Direction.INGRESS ? SPEC.field("ingress") : SPEC.field("egress");
    return Finding.suspicion(rule, question.ref(), question.isOfPolicy() ? path : LABELS, message);
  }

  private static String between(List<Ways.Way> ways) {
    return "from %s to %s".formatted(ways.getFirst().fromPlace(), ways.getFirst().toPlace());
  }

  private static String many(List<Ways.Way> ways, String where) {
    return ways.size() == 1 ? "" : "%d connections %s, as ".formatted(ways.size(), where);
  }

  private static String line(Ways.Way way) {
    return way.from() + " -> " + way.to();
  }

  /** At which end it is closed; where it is at both, where the change is. */
  private static Direction side(Connection connection, PortSet ports, Direction likely) {
    boolean atReceiver = !connection.ingress().open().containsAll(ports);
    boolean atSender = !connection.egress().open().containsAll(ports);
    if (atReceiver && atSender) {
      return likely;
    }
    return atSender ? Direction.EGRESS : Direction.INGRESS;
  }

  /** Why it is closed: {@code policy api/default-deny has no ingress rule for it}. */
  String closed(Connection connection, PortSet ports, Direction likely) {
    Direction side = side(connection, ports, likely);
    Verdict verdict = side == Direction.INGRESS ? connection.ingress() : connection.egress();
    String word = side == Direction.INGRESS ? "ingress" : "egress";
    Optional<PolicyRef> denies =
        verdict.reasons(Action.DENY).stream()
            .filter(reason -> !reason.ports().intersection(ports).isEmpty())
            .map(reason -> reason.clause().policy())
            .findFirst();
    if (denies.isPresent()) {
      return "policy " + denies.get() + " denies it";
    }
    List<PolicyRef> by = verdict.isolatedBy();
    if (!question.isOfPolicy() && by.stream().anyMatch(GuardPreview::isAsked)) {
      return "the default-deny that the guard asks for has no %s rule for it".formatted(word);
    }
    List<PolicyRef> own = by.stream().filter(this::isChanged).toList();
    List<PolicyRef> named = own.isEmpty() ? by : own;
    return named.size() == 1
        ? "policy %s has no %s rule for it".formatted(named.getFirst(), word)
        : "none of %s has an %s rule for it"
            .formatted(
                named.isEmpty()
                    ? "the policies"
                    : "the policies " + Words.and(named.stream().map(PolicyRef::toString).toList()),
                word);
  }

  private boolean isChanged(PolicyRef ref) {
    return question.isOfPolicy()
        && ref.namespace().equals(question.ref().namespace())
        && ref.name().equals(question.ref().name());
  }

  private static String open(Ways.Way way) {
    Verdict verdict = way.after().ingress();
    return verdict.reasons(Action.ACCEPT).stream()
        .filter(reason -> !reason.ports().intersection(way.opened()).isEmpty())
        .map(reason -> reason.clause())
        .findFirst()
        .map(clause -> "policy %s, %s, lets it in".formatted(clause.policy(), clause.path()))
        .orElse("no policy isolates " + way.to() + " as it receives");
  }

  /** That both ends are there, and that no policy has come that the picture lacks. */
  private List<Evidence> evidence(Flows.Cut cut) {
    List<Evidence> evidence = new ArrayList<>();
    Stream.of(cut.sender(), cut.receiver())
        .distinct()
        .forEach(end -> evidence.add(end.presence(question.before())));
    Stream.of(cut.sender().namespace(), cut.receiver().namespace())
        .distinct()
        .forEach(namespace -> evidence.add(policies(namespace, question)));
    return evidence;
  }

  /** That the policies of a namespace are those of the picture before the change. */
  static Evidence policies(String namespace, Question question) {
    Collection<NetworkPolicy> known = question.before().in(namespace).networkPolicies();
    return new Evidence.AllHold(
        Kind.NETWORK_POLICY, namespace, live -> facts(live).equals(facts(known)));
  }

  private static Set<KubeObject> facts(Collection<? extends KubeObject> policies) {
    return policies.stream().map(KubeObject::facts).collect(Collectors.toSet());
  }
}
