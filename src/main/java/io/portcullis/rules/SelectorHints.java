package io.portcullis.rules;

import io.portcullis.cluster.Contents;
import io.portcullis.kube.Workload;
import io.portcullis.net.Label;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** Words that may help with a selector that fits nothing; none of them proves a mistake. */
final class SelectorHints {
  /** Past this many namespaces nobody is asked: a warning is not worth a walk through all. */
  static final int MOST_NAMESPACES = 1_000;

  private SelectorHints() {}

  /**
   * A clause that begins with {@code "; "}, or nothing.
   *
   * @param miss what the selector nearly fits, if that is no contradiction
   * @param elsewhere what follows where another namespace has it
   */
  static String about(
      Labels wanted,
      String namespace,
      Optional<NearMiss> miss,
      String elsewhere,
      Question question) {
    return miss.flatMap(SelectorHints::served)
        .or(() -> allPairsButOne(wanted, Carriers.in(namespace, question)))
        .or(() -> otherNamespace(wanted, namespace, question).map(has -> has + ", " + elsewhere))
        .map(hint -> "; " + hint)
        .orElse("");
  }

  /** A near value, whose workload has a Service already. */
  private static Optional<String> served(NearMiss miss) {
    return miss.servedBy()
        .map(service ->
            "Service %s selects the near %s already"
                .formatted(service.name(), miss.slips().meant()));
  }

  /** A workload that has all pairs but one. */
  private static Optional<String> allPairsButOne(Labels wanted, Carriers carriers) {
    if (wanted.size() < 2) {
      return Optional.empty();
    }
    for (Label pair : wanted.pairs()) {
      Optional<Workload> other =
          carriers.sortedWorkloads(Selector.of(wanted.without(pair.key()))).findFirst();
      if (other.isPresent()) {
        return Optional.of(
            "%s %s has all but %s".formatted(other.get().kind().text(), other.get().name(), pair));
      }
    }
    return Optional.empty();
  }

  /** A namespace where these labels are. */
  private static Optional<String> otherNamespace(
      Labels wanted, String namespace, Question question) {
    Map<String, Contents> all = question.after().namespaces();
    if (all.size() > MOST_NAMESPACES) {
      return Optional.empty();
    }
    Selector selector = Selector.of(wanted);
    return all.keySet().stream()
        .filter(other -> !other.equals(namespace))
        .filter(other -> Carriers.in(other, question).any(selector))
        .min(Comparator.naturalOrder())
        .map("namespace %s has it"::formatted);
  }
}
