package io.portcullis.rules;

import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.finding.Operation;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Ingress;
import io.portcullis.kube.IngressClass;
import io.portcullis.kube.Kind;
import io.portcullis.text.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A host that an Ingress serves without TLS. Source: networking.k8s.io/v1 IngressTLS. */
public final class IngressTls implements Rule {
  private static final String ID = "ingress-tls";

  private static final RuleInfo INFO =
      new RuleInfo(
          ID,
          "Each host of an Ingress is served with TLS",
          Set.of(Kind.INGRESS),
          Set.of(Operation.CREATE, Operation.UPDATE),
          RuleInfo.View.THE_OBJECT);

  /** Annotations that bring a certificate for every host, whatever their value. */
  private static final List<String> CERTIFICATE_ANNOTATIONS =
      List.of(
          "alb.ingress.kubernetes.io/certificate-arn",
          "networking.gke.io/managed-certificates",
          "networking.gke.io/certmap",
          "ingress.gcp.kubernetes.io/pre-shared-cert",
          "traefik.ingress.kubernetes.io/router.tls.certresolver");

  /** Annotations that say with {@code true} that TLS is on, or is the backend's own. */
  private static final List<String> TLS_SWITCHES =
      List.of(
          "traefik.ingress.kubernetes.io/router.tls",
          "nginx.ingress.kubernetes.io/ssl-passthrough",
          "haproxy.org/ssl-passthrough",
          "haproxy-ingress.github.io/ssl-passthrough");

  private static final String ALB_LISTEN_PORTS = "alb.ingress.kubernetes.io/listen-ports";
  private static final String ACME_SOLVER = "acme.cert-manager.io/http01-solver";
  private static final String ACME_PATH = "/.well-known/acme-challenge/";

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> judge(Question question) {
    return question
        .change()
        .object()
        .filter(Ingress.class::isInstance)
        .map(Ingress.class::cast)
        .filter(ingress -> !hasOtherCertificate(ingress, question))
        .map(IngressTls::plainHosts)
        .orElse(List.of());
  }

  private static boolean hasOtherCertificate(Ingress ingress, Question question) {
    return ingress.meta().labels().has(ACME_SOLVER, "true")
        || CERTIFICATE_ANNOTATIONS.stream().anyMatch(ingress.meta().annotations()::containsKey)
        || TLS_SWITCHES.stream()
            .anyMatch(key -> ingress.meta().annotation(key).filter("true"::equals).isPresent())
        || ingress
            .meta()
            .annotation(ALB_LISTEN_PORTS)
            .filter(ports -> ports.contains("HTTPS"))
            .isPresent()
        || hasDefaultCertificate(ingress, question);
  }

  /** The class that serves the Ingress, named or the cluster's default, has one for every host. */
  private static boolean hasDefaultCertificate(Ingress ingress, Question question) {
    List<String> classes = question.settings().rule(ID).defaultCertificate();
    return !classes.isEmpty()
        && ingress
            .effectiveClass()
            .or(() -> defaultClass(question))
            .filter(classes::contains)
            .isPresent();
  }

  private static Optional<String> defaultClass(Question question) {
    return question.after().all(Kind.INGRESS_CLASS).stream()
        .map(IngressClass.class::cast)
        .filter(IngressClass::isDefault)
        .map(IngressClass::name)
        .findFirst();
  }

  private static List<Finding> plainHosts(Ingress ingress) {
    if (ingress.tls().stream().anyMatch(tls -> tls.hosts().isEmpty())) {
      return List.of();
    }
    if (ingress.tls().isEmpty() && hosts(ingress).isEmpty()) {
      return isAcmeChallenge(ingress) ? List.of() : List.of(withoutAnything(ingress));
    }
    List<Finding> findings = new ArrayList<>();
    Set<String> told = new HashSet<>();
    for (int i = 0; i < ingress.rules().size(); i++) {
      Ingress.Rule rule = ingress.rules().get(i);
      if (!rule.host().isEmpty()
          && !isCovered(rule.host(), ingress)
          && !isAcmeChallenge(rule)
          && told.add(rule.host())) {
        findings.add(plain(ingress, i, rule.host()));
      }
    }
    return findings;
  }

  private static List<String> hosts(Ingress ingress) {
    return ingress.rules().stream()
        .map(Ingress.Rule::host)
        .filter(host -> !host.isEmpty())
        .toList();
  }

  private static boolean isAcmeChallenge(Ingress ingress) {
    return !ingress.rules().isEmpty()
        && ingress.rules().stream().allMatch(IngressTls::isAcmeChallenge);
  }

  private static boolean isAcmeChallenge(Ingress.Rule rule) {
    return !rule.paths().isEmpty()
        && rule.paths().stream().allMatch(path -> path.path().startsWith(ACME_PATH));
  }

  private static boolean isCovered(String host, Ingress ingress) {
    return tlsHosts(ingress).stream().anyMatch(covering -> covers(covering, host));
  }

  private static List<String> tlsHosts(Ingress ingress) {
    return ingress.tls().stream().flatMap(tls -> tls.hosts().stream()).toList();
  }

  /** A wildcard stands for exactly one label: the API reference of IngressRule.host. */
  private static boolean covers(String covering, String host) {
    if (covering.equalsIgnoreCase(host)) {
      return true;
    }
    int dot = host.indexOf('.');
    return covering.startsWith("*.")
        && dot > 0
        && !host.startsWith("*.")
        && covering.substring(1).equalsIgnoreCase(host.substring(dot));
  }

  private static Finding withoutAnything(Ingress ingress) {
    return Finding.violation(
            ID,
            ObjectRef.of(ingress),
            FieldPath.of("spec", "tls"),
            "the Ingress is served without TLS.")
        .fix("add a spec.tls entry that names a kubernetes.io/tls Secret.")
        .about("no host");
  }

  private static Finding plain(Ingress ingress, int index, String host) {
    return Finding.violation(
            ID,
            ObjectRef.of(ingress),
            FieldPath.of("spec", "rules").index(index).field("host"),
            "\"%s\" is served without TLS%s.".formatted(host, hint(host, ingress)))
        .fix("add it to a spec.tls entry that names a kubernetes.io/tls Secret.")
        .about("host " + host);
  }

  private static String hint(String host, Ingress ingress) {
    Optional<String> near = Nearest.to(host, tlsHosts(ingress));
    Optional<String> wildcard =
        tlsHosts(ingress).stream()
            .filter(covering -> covering.startsWith("*."))
            .filter(covering -> host.endsWith(covering.substring(1)))
            .findFirst();
    return near.map(found -> "; spec.tls has \"%s\"".formatted(found))
        .or(() -> wildcard.map(found -> "; \"%s\" covers one label only".formatted(found)))
        .orElse("");
  }
}
