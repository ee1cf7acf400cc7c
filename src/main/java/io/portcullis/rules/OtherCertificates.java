package io.portcullis.rules;

import io.portcullis.cluster.Cluster;
import io.portcullis.finding.Evidence;
import io.portcullis.kube.Ingress;
import io.portcullis.kube.IngressClass;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ways in which an Ingress is served with TLS though its {@code spec.tls} does not say so. */
final class OtherCertificates {
  /** Annotations that name a certificate for every host. */
  private static final List<String> NAMED =
      List.of(
          "alb.ingress.kubernetes.io/certificate-arn",
          "networking.gke.io/managed-certificates",
          "ingress.gcp.kubernetes.io/pre-shared-cert",
          "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
          "oci-native-ingress.oraclecloud.com/certificate-ocid");

  /** Annotations that switch TLS on, or leave it to the backend. */
  private static final List<String> SWITCHES =
      List.of(
          "traefik.ingress.kubernetes.io/router.tls",
          "nginx.ingress.kubernetes.io/ssl-passthrough",
          "haproxy.org/ssl-passthrough",
          "haproxy-ingress.github.io/ssl-passthrough",
          "ingress.kubernetes.io/ssl-passthrough");

  /** What Traefik takes any option under as TLS switched on. */
  private static final String TRAEFIK_OPTIONS = "traefik.ingress.kubernetes.io/router.tls.";

  /** Where HTTPS is among these, the controller looks a certificate up by host. */
  private static final String ALB_PORTS = "alb.ingress.kubernetes.io/listen-ports";

  /** Where {@code tls_passthrough} is among these, TLS ends at the pods. */
  private static final String KONG_PROTOCOLS = "konghq.com/protocols";

  /** Traefik's Helm chart switches TLS on for its entry point {@code websecure}. */
  private static final String TRAEFIK_SECURE = "websecure";

  private static final String TRAEFIK_PLAIN = "web";
  private static final String TRAEFIK_MIDDLEWARES =
      "traefik.ingress.kubernetes.io/router.middlewares";
  private static final String TRAEFIK = "traefik";
  private static final String TRAEFIK_CONTROLLER = "traefik.io/ingress-controller";

  /** Has a Route of OpenShift made with TLS that ends at the router, or at the pods. */
  private static final String OPENSHIFT_TERMINATION = "route.openshift.io/termination";

  /** Classes whose traffic ends at the provider's edge or device, which has the certificate. */
  private static final Set<String> EDGES = Set.of("tailscale", "ngrok", "cloudflare-tunnel");

  /** What Go's {@code strconv.ParseBool} takes as true, as the controllers do. */
  private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");

  private OtherCertificates() {}

  /** Whether the master of this minion has them: a minion may not. */
  static boolean ofTheMaster(Ingress ingress) {
    return ingress.meta().annotation(Ingresses.MERGEABLE).filter("minion"::equals).isPresent();
  }

  static boolean ofTheEdge(Ingress ingress) {
    return ingress.effectiveClass().filter(EDGES::contains).isPresent();
  }

  static boolean byAnnotation(Ingress ingress) {
    for (Map.Entry<String, String> each : ingress.meta().annotations().entrySet()) {
      if (brings(each.getKey(), each.getValue().strip())) {
        return true;
      }
    }
    return false;
  }

  private static boolean brings(String key, String value) {
    return (NAMED.contains(key) && !value.isEmpty())
        || (SWITCHES.contains(key) && TRUE.contains(value))
        || (key.equals(OPENSHIFT_TERMINATION) && !value.isEmpty())
        || (key.startsWith(TRAEFIK_OPTIONS) && !value.isEmpty())
        || (key.equals(ALB_PORTS) && value.contains("HTTPS"))
        || (key.equals(KONG_PROTOCOLS) && Ingresses.list(value).contains("tls_passthrough"));
  }

  /** Whether it comes in by an entry point of Traefik alone that may have TLS switched on. */
  static boolean perhapsByEntryPoint(Ingress ingress, Cluster cluster) {
    Set<String> points = points(ingress);
    return points.contains(TRAEFIK_SECURE)
        && !points.contains(TRAEFIK_PLAIN)
        && mayBeTraefiks(ingress, cluster);
  }

  /** Whether it comes in by Traefik's plain entry point, where a middleware seems to redirect. */
  static boolean perhapsRedirected(Ingress ingress, Cluster cluster) {
    return points(ingress).equals(Set.of(TRAEFIK_PLAIN))
        && ingress.meta().annotation(TRAEFIK_MIDDLEWARES).orElse("").contains("redirect")
        && mayBeTraefiks(ingress, cluster);
  }

  private static Set<String> points(Ingress ingress) {
    return Ingresses.list(ingress.meta().annotation(Ingresses.TRAEFIK_ENTRY_POINTS).orElse(""));
  }

  private static boolean mayBeTraefiks(Ingress ingress, Cluster cluster) {
    return Ingresses.classOf(ingress, cluster).filter(name -> !isTraefik(name, cluster)).isEmpty();
  }

  /** Whether the controller asks each Ingress by itself for TLS, not each host. */
  static boolean isTraefiks(Ingress ingress, Cluster cluster) {
    return Ingresses.classOf(ingress, cluster).filter(name -> isTraefik(name, cluster)).isPresent();
  }

  private static boolean isTraefik(String name, Cluster cluster) {
    return cluster
        .find(Kind.INGRESS_CLASS, "", name)
        .map(IngressClass.class::cast)
        .map(found -> found.controller().equals(TRAEFIK_CONTROLLER))
        .orElse(name.equals(TRAEFIK));
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
