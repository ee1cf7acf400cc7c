package io.portcullis.rules;

import io.portcullis.finding.Evidence;
import io.portcullis.finding.Finding;
import io.portcullis.kube.FieldPath;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The pods that a selector of a NetworkPolicy is after.
 *
 * @param path where the selector stands
 * @param namespaces where it looks; not empty
 * @param own the policy's own namespace
 */
record SoughtPods(
    String rule, FieldPath path, Selector wanted, List<String> namespaces, String own) {
  /** In more namespaces than this something near says little, and can't be confirmed in time. */
  private static final int MOST_NAMESPACES = 8;

  /** What is wrong with it if no pod or template has these labels, or will get them. */
  Optional<Finding> finding(Question question) {
    if (namespaces.stream().anyMatch(namespace -> areIn(namespace, wanted, question))) {
      return Optional.empty();
    }
    List<Carriers> places =
        namespaces.size() > MOST_NAMESPACES
            ? List.of()
            : namespaces.stream().map(namespace -> Carriers.in(namespace, question)).toList();
    Optional<NearMiss> miss = nearest(places);
    return Optional.of(
        miss.filter(SoughtPods::contradicts)
            .map(found -> contradiction(found, places, question))
            .orElseGet(() -> nothingYet(miss, question)));
  }

  /** Whether a namespace has them: pods and templates with these labels, or that will get them. */
  static boolean areIn(String namespace, Selector wanted, Question question) {
    if (wanted.asksForNothing()) {
      return true;
    }
    Carriers carriers = Carriers.in(namespace, question);
    return carriers.any(wanted) || carriers.late().forTemplates(wanted).isEverything();
  }

  private Optional<NearMiss> nearest(List<Carriers> places) {
    return places.stream()
        .flatMap(carriers -> NearMiss.find(wanted, carriers, "").stream())
        .min(
            Comparator.comparing((NearMiss miss) -> !contradicts(miss))
                .thenComparing(miss -> miss.carrier().namespace()));
  }

  /**
   * What has a Service is complete under its name, and something of a near name may still come:
   * {@code order} beside {@code orders}. Of another key or another case nothing comes.
   */
  private static boolean contradicts(NearMiss miss) {
    return miss.servedBy().isEmpty() || miss.slips().all().stream().allMatch(Slips.Slip::isSure);
  }

  private Finding contradiction(NearMiss miss, List<Carriers> places, Question question) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(miss.presence());
    for (Carriers place : places) {
      evidence.add(
          new Evidence.NothingMatches(
              place.namespace(), wanted, place.late().forTemplates(wanted)));
    }
    return Finding.violation(
            rule,
            question.ref(),
            path,
            "no pod%s has %s: did you mean %s (%s)?"
                .formatted(where(), miss.slips().written(), miss.slips().meant(), miss.carrier()))
        .fix(miss.slips().fix("the selector"))
        .patch(PolicyPaths.replacement(path, miss.slips().mended(wanted)))
        .related(miss.related())
        .about("pods " + miss.slips().written() + where())
        .restsOn(evidence);
  }

  private Finding nothingYet(Optional<NearMiss> miss, Question question) {
    return Finding.suspicion(
            rule,
            question.ref(),
            path,
            "no pod or workload%s has %s yet%s.".formatted(where(), wanted, hint(miss, question)))
        .fix("apply the workload, or correct the selector.")
        .about("pods " + wanted + where());
  }

  /** Words can be given for a selector of pairs in one namespace. */
  private String hint(Optional<NearMiss> miss, Question question) {
    Labels pairs = wanted.requiredPairs();
    if (namespaces.size() > 1 || pairs.size() < wanted.requirements().size()) {
      return "";
    }
    boolean isPeer = !path.equals(PolicyPaths.POD_SELECTOR);
    String elsewhere =
        isPeer
            ? "for which the peer needs a namespaceSelector"
            : "but a policy selects in its own only";
    return SelectorHints.about(pairs, namespaces.getFirst(), miss, elsewhere, question);
  }

  private String where() {
    if (namespaces.size() > 1) {
      return " in any of %d namespaces".formatted(namespaces.size());
    }
    return namespaces.getFirst().equals(own) ? "" : " in namespace " + namespaces.getFirst();
  }
}
