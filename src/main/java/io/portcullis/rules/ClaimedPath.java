package io.portcullis.rules;

import io.portcullis.cluster.Cluster;
import io.portcullis.finding.Evidence;
import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Ingress;
import io.portcullis.kube.Kind;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A path of a rule of an Ingress.
 *
 * @param rule its place in {@code spec.rules}
 * @param path its place in the rule's {@code http.paths}
 */
record ClaimedPath(Ingress ingress, int rule, int path) {
  private static final String EXACT = "Exact";

  Ingress.Claim claim() {
    return Ingress.Claim.of(ingress.rules().get(rule), it());
  }

  /** What it claims, in one word: the same wherever it stands in the Ingress. */
  String subject() {
    return claim().host() + claim().path() + " " + it().pathType();
  }

  private Ingress.Path it() {
    return ingress.rules().get(rule).paths().get(path);
  }

  /** Whether the other takes these requests too: an exact path goes before any other. */
  boolean isTakenBy(Ingress other) {
    return has(other, path -> isExact(path) == isExact(it()));
  }

  /**
   * Whether the other, of another namespace, has a path of just this type. What a controller makes
   * of an ImplementationSpecific path beside a prefix is not known.
   */
  boolean isStolenFrom(Ingress other) {
    return !other.namespace().equals(ingress.namespace())
        && has(other, path -> path.pathType().equals(it().pathType()));
  }

  private boolean has(Ingress other, Predicate<Ingress.Path> wanted) {
    return !other.meta().ending()
        && other.rules().stream()
            .anyMatch(rule ->
                rule.paths().stream()
                    .filter(path -> Ingress.Claim.of(rule, path).equals(claim()))
                    .filter(path -> !isExact(it()) || path.path().equals(it().path()))
                    .anyMatch(wanted));
  }

  private static boolean isExact(Ingress.Path path) {
    return path.pathType().equals(EXACT);
  }

  Finding taken(String id, Ingress other, Cluster cluster) {
    String message =
        "\"%s%s\" is claimed by Ingress %s/%s of the same class already."
            .formatted(
                claim().host().isEmpty() ? "*" : claim().host(),
                claim().path(),
                other.namespace(),
                other.name());
    FieldPath at = Ingresses.pathOf(rule, path).field("path");
    ObjectRef self = ObjectRef.of(ingress);
    Finding finding =
        isStolenFrom(other)
            ? Finding.violation(id, self, at, message).restsOn(evidence(other, cluster))
            : Finding.suspicion(id, self, at, message);
    return finding
        .fix("choose another host or path, or free it there first.")
        .related(List.of(ObjectRef.of(other)))
        .about(subject());
  }

  /** That the other is there, takes these requests, and is of the same class still. */
  private List<Evidence> evidence(Ingress other, Cluster cluster) {
    Evidence presence =
        new Evidence.Present(
            Kind.INGRESS,
            other.namespace(),
            other.name(),
            object ->
                object instanceof Ingress live
                    && live.effectiveClass().equals(other.effectiveClass())
                    && !IngressConflict.sharesOnPurpose(live)
                    && !IngressConflict.areApart(ingress, live)
                    && isStolenFrom(live));
    return Stream.of(
            Stream.of(presence),
            Ingresses.classEvidence(ingress, cluster).stream(),
            Ingresses.classEvidence(other, cluster).stream())
        .flatMap(each -> each)
        .toList();
  }
}
