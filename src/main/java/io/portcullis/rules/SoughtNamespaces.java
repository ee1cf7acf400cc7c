package io.portcullis.rules;

import io.portcullis.cluster.Cluster;
import io.portcullis.finding.Evidence;
import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.Namespace;
import io.portcullis.net.Label;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The namespaces that a peer of a NetworkPolicy is after and that are not there.
 *
 * @param path where the selector stands
 */
record SoughtNamespaces(String rule, FieldPath path, Selector wanted) {
  /** A namespace that the selector would fit if it were spelled a little differently. */
  private record Near(String name, Slips slips) {}

  /** What is wrong with it; to be asked only where no namespace matches. */
  Finding finding(Question question) {
    return nearest(question.after())
        .filter(near -> !isOwn(near, question))
        .map(near -> contradiction(near, question))
        .orElseGet(() -> nothingYet(question));
  }

  /** Who means the policy's own namespace needs no selector, so that another one is meant. */
  private static boolean isOwn(Near near, Question question) {
    return near.name().equals(question.ref().namespace())
        && !near.slips().all().stream().allMatch(Slips.Slip::isSure);
  }

  private Optional<Near> nearest(Cluster cluster) {
    Labels asked = wanted.requiredPairs();
    return asked.pairs().stream()
        .filter(pair -> !isCarried(pair, cluster))
        .flatMap(pair -> Slips.nearTo(pair, cluster.namespaceValues(pair.key())))
        .flatMap(label -> cluster.namespacesMatching(selector(label)).stream())
        .distinct()
        .flatMap(name -> near(name, asked, cluster).stream())
        .min(
            Comparator.comparingInt((Near near) -> near.slips().all().size())
                .thenComparing(Near::name));
  }

  private Optional<Near> near(String name, Labels asked, Cluster cluster) {
    Labels labels = cluster.namespaceLabels(name);
    return Slips.between(asked, labels, pair -> isCarried(pair, cluster))
        .filter(slips -> slips.mended(wanted).matches(labels))
        .map(slips -> new Near(name, slips));
  }

  private static boolean isCarried(Label pair, Cluster cluster) {
    return !cluster.namespacesMatching(selector(pair)).isEmpty();
  }

  private static Selector selector(Label pair) {
    return Selector.of(Labels.of(pair.key(), pair.value()));
  }

  private Finding contradiction(Near near, Question question) {
    Selector meant = Selector.of(near.slips().meant());
    return Finding.violation(
            rule,
            question.ref(),
            path,
            "no namespace has %s: did you mean %s (Namespace %s)?"
                .formatted(near.slips().written(), near.slips().meant(), near.name()))
        .fix(near.slips().fix("the selector"))
        .patch(PolicyPaths.replacement(path, near.slips().mended(wanted)))
        .related(List.of(new ObjectRef(Kind.NAMESPACE.text(), "", near.name())))
        .about("namespaces " + near.slips().written())
        .restsOn(
            List.of(
                new Evidence.Present(
                    Kind.NAMESPACE,
                    "",
                    near.name(),
                    object ->
                        object instanceof Namespace live && meant.matches(live.meta().labels())),
                new Evidence.NoNamespaceMatches(wanted, "")));
  }

  private Finding nothingYet(Question question) {
    return Finding.suspicion(
            rule, question.ref(), path, "no namespace has %s yet.".formatted(wanted))
        .fix(
            wanted.requiredPairs().has(Namespace.NAME_LABEL)
                ? "create the namespace, or correct the selector."
                : "create or label the namespace, or correct the selector.")
        .about("namespaces " + wanted);
  }
}
