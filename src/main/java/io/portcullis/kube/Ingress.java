package io.portcullis.kube;

import io.portcullis.net.Labels;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An Ingress of {@code networking.k8s.io/v1}.
 *
 * @param className {@code ingressClassName}, empty where there is none
 */
public record Ingress(
    Meta meta,
    Optional<String> className,
    Optional<IngressBackend> defaultBackend,
    List<Tls> tls,
    List<Rule> rules)
    implements KubeObject {
  /** The label of an Ingress that cert-manager makes to solve a challenge of ACME. */
  public static final String ACME_SOLVER = "acme.cert-manager.io/http01-solver";

  /**
   * An entry of {@code spec.tls}.
   *
   * @param hosts empty: the hosts that the controller's certificate covers
   * @param secretName empty: the controller's default certificate
   */
  public record Tls(List<String> hosts, Optional<String> secretName) {
    public Tls {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * An entry of {@code spec.rules}.
   *
   * @param host empty: all hosts
   */
  public record Rule(String host, List<Path> paths) {
    public Rule {
      paths = List.copyOf(paths);
    }
  }

  /**
   * A path of a rule.
   *
   * @param path empty where there is none
   * @param pathType as written
   */
  public record Path(String path, String pathType, IngressBackend backend) {}

  /**
   * The requests that a path of a rule takes, whatever its type.
   *
   * @param host empty: all hosts
   * @param path without slashes at its end, which a prefix does not heed; {@code /} for all paths
   */
  public record Claim(String host, String path) {
    /** What a path of a rule claims. */
    public static Claim of(Rule rule, Path path) {
      int end = path.path().length();
      while (end > 0 && path.path().charAt(end - 1) == '/') {
        end--;
      }
      return new Claim(rule.host(), end == 0 ? "/" : path.path().substring(0, end));
    }
  }

  public Ingress {
    tls = List.copyOf(tls);
    rules = List.copyOf(rules);
  }

  /** The class that the field or, failing that, the old annotation names. */
  public Optional<String> effectiveClass() {
    return className.or(() -> meta.annotation(Annotations.INGRESS_CLASS));
  }

  /** What the paths of all rules claim. */
  public Set<Claim> claims() {
    return rules.stream()
        .flatMap(rule -> rule.paths().stream().map(path -> Claim.of(rule, path)))
        .collect(Collectors.toSet());
  }

  /** The names of the Services that requests are sent to. */
  public Set<String> services() {
    return Stream.concat(
            defaultBackend.stream(),
            rules.stream().flatMap(rule -> rule.paths().stream()).map(Path::backend))
        .filter(IngressBackend.ToService.class::isInstance)
        .map(IngressBackend.ToService.class::cast)
        .map(IngressBackend.ToService::service)
        .collect(Collectors.toSet());
  }

  @Override
  public Kind kind() {
    return Kind.INGRESS;
  }

  /** One label counts: an ACME solver's Ingress is known by it. */
  @Override
  public Ingress facts() {
    Labels solver =
        meta.labels()
            .get(ACME_SOLVER)
            .map(value -> Labels.of(ACME_SOLVER, value))
            .orElse(Labels.EMPTY);
    return new Ingress(meta.facts(solver), className, defaultBackend, tls, rules);
  }
}
