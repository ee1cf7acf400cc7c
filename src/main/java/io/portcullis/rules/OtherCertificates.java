package io.portcullis.rules;

import io.portcullis.cluster.Cluster;
import io.portcullis.finding.Evidence;
import io.portcullis.kube.Ingress;
import io.portcullis.kube.IngressClass;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import java.util.List;
import java.util.Set;

/** The ways in which an Ingress is served with TLS though its {@code spec.tls} does not say so. */
final class OtherCertificates {
  /** Annotations that name a certificate for every host. */
  private static final List<String> NAMED =
      List.of(
          "alb.ingress.kubernetes.io/certificate-arn",
          "networking.gke.io/managed-certificates",
          "ingress.gcp.kubernetes.io/pre-shared-cert");

  /** Annotations that switch TLS on, or leave it to the backend. */
  private static final List<String> SWITCHES =
      List.of(
          "traefik.ingress.kubernetes.io/router.tls",
          "nginx.ingress.kubernetes.io/ssl-passthrough",
          "haproxy.org/ssl-passthrough",
          "haproxy-ingress.github.io/ssl-passthrough");

  /** What Traefik takes any option under as TLS switched on. */
  private static final String TRAEFIK_OPTIONS = "traefik.ingress.kubernetes.io/router.tls.";

  /** Where HTTPS is among these, the controller looks a certificate up by host. */
  private static final String ALB_PORTS = "alb.ingress.kubernetes.io/listen-ports";

  /** What Go's {@code strconv.ParseBool} takes as true, as the controllers do. */
  private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");

  private OtherCertificates() {}

  static boolean byAnnotation(Ingress ingress) {
    return ingress.meta().annotations().entrySet().stream()
        .anyMatch(each -> brings(each.getKey(), each.getValue().strip()));
  }

  private static boolean brings(String key, String value) {
    return (NAMED.contains(key) && !value.isEmpty())
        || (SWITCHES.contains(key) && TRUE.contains(value))
        || (key.startsWith(TRAEFIK_OPTIONS) && !value.isEmpty())
        || (key.equals(ALB_PORTS) && value.contains("HTTPS"));
  }

  /** Whether the class that serves it, named or the cluster's default, is one of these. */
  static boolean byClass(Ingress ingress, List<String> classes, Cluster cluster) {
    return ingress
        .effectiveClass()
        .map(classes::contains)
        .orElseGet(() -> classes.stream().anyMatch(name -> isDefault(name, cluster)));
  }

  private static boolean isDefault(String name, Cluster cluster) {
    return cluster
        .find(Kind.INGRESS_CLASS, "", name)
        .filter(OtherCertificates::isDefault)
        .isPresent();
  }

  private static boolean isDefault(KubeObject object) {
    return object instanceof IngressClass found && found.isDefault();
  }

  /** That none of these classes is the default, where that is what would help. */
  static List<Evidence> evidence(Ingress ingress, List<String> classes, Cluster cluster) {
    return ingress.effectiveClass().isPresent()
        ? List.of()
        : classes.stream().map(name -> isNotDefault(name, cluster)).toList();
  }

  private static Evidence isNotDefault(String name, Cluster cluster) {
    return cluster.find(Kind.INGRESS_CLASS, "", name).isPresent()
        ? new Evidence.Present(Kind.INGRESS_CLASS, "", name, object -> !isDefault(object))
        : new Evidence.Absent(Kind.INGRESS_CLASS, "", name);
  }
}
