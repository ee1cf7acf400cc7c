package io.portcullis.rules;

import io.portcullis.cluster.Contents;
import io.portcullis.kube.Service;
import io.portcullis.kube.Workload;
import io.portcullis.net.Label;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Words that may help with a selector that fits nothing; none of them proves a mistake. */
final class SelectorHints {
  /** Past this many namespaces nobody is asked: a warning is not worth a walk through all. */
  private static final int MOST_NAMESPACES = 1_000;

  private SelectorHints() {}

  /** A clause that begins with {@code "; "}, or nothing. */
  static String about(Labels wanted, Service service, Question question) {
    Contents here = question.after().in(service.namespace());
    return allPairsButOne(wanted, here)
        .or(() -> otherNamespace(wanted, service.namespace(), question))
        .map(hint -> "; " + hint)
        .orElse("");
  }

  /** A workload that has all pairs but one. */
  private static Optional<String> allPairsButOne(Labels wanted, Contents here) {
    if (wanted.size() < 2) {
      return Optional.empty();
    }
    for (Label pair : wanted.pairs()) {
      List<Workload> others = here.workloadsMatching(Selector.of(wanted.without(pair.key())));
      Optional<Workload> other =
          others.stream()
              .filter(workload -> workload.meta().controller().isEmpty())
              .min(Comparator.comparing(Workload::name));
      if (other.isPresent()) {
        return Optional.of(
            "%s %s has all of it but %s"
                .formatted(other.get().kind().text(), other.get().name(), pair));
      }
    }
    return Optional.empty();
  }

  /** A namespace where these labels are: a Service selects in its own namespace only. */
  private static Optional<String> otherNamespace(
      Labels wanted, String namespace, Question question) {
    Map<String, Contents> all = question.after().namespaces();
    if (all.size() > MOST_NAMESPACES) {
      return Optional.empty();
    }
    Selector selector = Selector.of(wanted);
    return all.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(namespace))
        .filter(entry ->
            entry.getValue().anyPodMatches(selector)
                || entry.getValue().anyTemplateMatches(selector))
        .map(Map.Entry::getKey)
        .min(Comparator.naturalOrder())
        .map(other ->
            "pods with these labels are in namespace %s, and a Service selects in its own only"
                .formatted(other));
  }
}
