package io.portcullis.rules;

import io.portcullis.finding.Evidence;
import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import io.portcullis.reach.Endpoint;
import io.portcullis.reach.Isolation;
import io.portcullis.reach.Reach;
import io.portcullis.reach.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a change takes from the pods of guarded namespaces. For one thread. */
final class GuardedLosses {
  /** A pod that nobody knows, somewhere in the cluster. */
  private static final Endpoint STRANGER =
      new Endpoint("", Labels.EMPTY, List.of(), false, List.of());

  private final String rule;
  private final Question question;
  private final Reach before;
  private final Reach after;

  GuardedLosses(String rule, Question question) {
    this.rule = rule;
    this.question = question;
    this.before = question.reachBefore();
    this.after = question.reachAfter();
  }

  /** A finding for each way to be isolated, for DNS, and for each flow that is lost. */
  List<Finding> of(Touched touched) {
    Touched guarded = guarded(touched);
    if (guarded.ends().isEmpty()) {
      return List.of();
    }
    return Stream.of(isolation(guarded).stream(), dns(guarded).stream(), flows(guarded).stream())
        .flatMap(found -> found)
        .toList();
  }

  /** A finding for each way to be isolated that is lost. */
  List<Finding> ofIsolation(Touched touched) {
    return isolation(guarded(touched));
  }

  private Touched guarded(Touched touched) {
    Touched changed = touched.changed(question);
    return new Touched(changed.ends().stream().filter(this::isGuarded).toList(), changed.others());
  }

  private boolean isGuarded(Touched.Moved moved) {
    return guard(moved.before().namespace()).isOn(question.after());
  }

  private Guard guard(String namespace) {
    return Guard.of(namespace, question.settings());
  }

  private List<Finding> isolation(Touched touched) {
    Map<Set<Direction>, List<End>> lost = new LinkedHashMap<>();
    for (Touched.Moved moved : touched.ends()) {
      Set<Direction> directions = opened(moved.after().endpoint());
      if (!directions.isEmpty()) {
        lost.computeIfAbsent(directions, _ -> new ArrayList<>()).add(moved.before());
      }
    }
    return lost.entrySet().stream().map(each -> isolation(each.getValue(), each.getKey())).toList();
  }

  private Finding isolation(List<End> ends, Set<Direction> directions) {
    return violation(
            "leaves %s without isolation of %s, and namespace %s is guarded."
                .formatted(End.names(ends), names(directions), ends.getFirst().namespace()),
            "apply another policy that isolates the pods first, or take the guard off the"
                + " namespace.")
        .about("isolation of " + names(directions))
        .restsOn(evidence(ends));
  }

  /** In which directions a pod was isolated and is open to a stranger then. */
  private Set<Direction> opened(Endpoint pod) {
    Set<Direction> directions = EnumSet.noneOf(Direction.class);
    for (Direction direction : Direction.values()) {
      if (isIsolated(before, pod, direction)
          && !isIsolated(after, pod, direction)
          && isOpenToStrangers(pod, direction)) {
        directions.add(direction);
      }
    }
    return directions;
  }

  private static boolean isIsolated(Reach reach, Endpoint pod, Direction direction) {
    return reach.stance(pod, direction).isolation() instanceof Isolation.Isolated;
  }

  /** Policies of the baseline tier may close what no NetworkPolicy isolates. */
  private boolean isOpenToStrangers(Endpoint pod, Direction direction) {
    Verdict verdict =
        direction == Direction.INGRESS
            ? after.between(STRANGER, pod).ingress()
            : after.between(pod, STRANGER).egress();
    return !verdict.open().isEmpty();
  }

  private static String names(Set<Direction> directions) {
    return directions.stream()
        .map(direction -> direction == Direction.INGRESS ? "ingress" : "egress")
        .collect(Collectors.joining(" and "));
  }

  private Optional<Finding> dns(Touched touched) {
    return ClusterDns.find(question)
        .flatMap(dns -> {
          List<End> lost =
              touched.ends().stream()
                  .filter(moved -> moved.before().asksClusterDns())
                  .filter(moved -> !dns.open(moved.before().endpoint(), before).isEmpty())
                  .filter(moved -> dns.open(moved.after().endpoint(), after).isEmpty())
                  .map(Touched.Moved::before)
                  .toList();
          return lost.isEmpty() ? Optional.empty() : Optional.of(dns(lost, dns));
        });
  }

  private Finding dns(List<End> ends, ClusterDns dns) {
    List<Evidence> evidence = new ArrayList<>(evidence(ends));
    evidence.add(dns.presence());
    return violation(
            "takes DNS from %s, and namespace %s is guarded."
                .formatted(End.names(ends), ends.getFirst().namespace()),
            mend())
        .about("DNS")
        .related(List.of(ObjectRef.of(dns.service())))
        .restsOn(evidence);
  }

  private List<Finding> flows(Touched touched) {
    Map<Object, List<Flows.Cut>> byFlow =
        new Flows(question, new Served(question))
            .cut(touched).stream()
                .collect(
                    Collectors.groupingBy(
                        Flows.Cut::flow, LinkedHashMap::new, Collectors.toList()));
    return byFlow.values().stream().map(this::flow).toList();
  }

  private Finding flow(List<Flows.Cut> cuts) {
    Flows.Cut first = cuts.getFirst();
    List<End> ends = cuts.stream().map(Flows.Cut::end).toList();
    List<Evidence> evidence = new ArrayList<>(evidence(ends));
    first
        .other()
        .filter(other -> !other.equals(first.end()))
        .ifPresent(other -> {
          evidence.add(other.presence(question.before()));
          foreignPolicies(other, first.end()).ifPresent(evidence::add);
        });
    return violation(
            "cuts %s -> %s %s of %s, and namespace %s is guarded."
                .formatted(
                    first.flow().from(),
                    first.flow().to(),
                    first.ports(),
                    End.names(ends),
                    first.end().namespace()),
            mend())
        .about("flow " + first.flow().from() + " " + first.flow().to())
        .restsOn(evidence);
  }

  /** Of the policies of the guarded namespace itself it is known how they are now. */
  private Optional<Evidence> foreignPolicies(End other, End own) {
    return other.namespace().equals(own.namespace())
        ? Optional.empty()
        : Optional.of(ConnectionFindings.policies(other.namespace(), question));
  }

  /**
   * Pods that are to come, where all that are there stay isolated.
   *
   * @param otherwise whether there is nothing else to say
   */
  Optional<Finding> ofPodsToCome(String namespace, boolean otherwise) {
    Endpoint any = new Endpoint(namespace, Labels.EMPTY, List.of(), false, List.of());
    Set<Direction> directions = opened(any);
    boolean inUse = !End.selected(namespace, Selector.EVERYTHING, question).isEmpty();
    return otherwise && inUse && !directions.isEmpty()
        ? Optional.of(
            suspicion(
                "leaves new pods of namespace %s without isolation of %s: no other policy selects every pod."
                    .formatted(namespace, names(directions))))
        : Optional.empty();
  }

  /** The guard itself goes: that is for its owner to decide. */
  Finding ofGuard(String namespace) {
    return suspicion(
        "namespace %s is guarded no longer: nothing keeps its pods isolated then."
            .formatted(namespace));
  }

  private Finding violation(String message, String fix) {
    return Finding.violation(rule, question.ref(), ConnectionFindings.whole(question), message)
        .fix(fix);
  }

  private Finding suspicion(String message) {
    return Finding.suspicion(rule, question.ref(), ConnectionFindings.whole(question), message);
  }

  private String mend() {
    return question.isOfPolicy()
        ? "apply another policy that opens it first, or take the guard off the namespace."
        : "change the policies that ask for the labels first.";
  }

  /** That the namespace is guarded and stays, and that one of them is there. */
  private List<Evidence> evidence(List<End> ends) {
    End first = Collections.min(ends, End.BY_NAME);
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(first.presence(question.before()));
    if (question.isOfPolicy()) {
      evidence.add(guard(first.namespace()).evidence());
    } else {
      evidence.add(ConnectionFindings.policies(first.namespace(), question));
    }
    return evidence;
  }
}
