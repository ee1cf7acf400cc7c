package io.portcullis.rules;

import io.portcullis.cluster.Cluster;
import io.portcullis.finding.Change;
import io.portcullis.finding.Evidence;
import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.finding.Operation;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Ingress;
import io.portcullis.kube.Kind;
import io.portcullis.text.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A host that an Ingress serves without TLS. Source: networking.k8s.io/v1 IngressTLS. */
public final class IngressTls implements Rule {
  private static final String ID = "ingress-tls";
  private static final FieldPath RULES = FieldPath.of("spec", "rules");
  private static final FieldPath TLS = FieldPath.of("spec", "tls");

  private static final RuleInfo INFO =
      new RuleInfo(
          ID,
          "Each host of an Ingress is served with TLS",
          Set.of(Kind.INGRESS),
          Set.of(Operation.CREATE, Operation.UPDATE),
          RuleInfo.View.OTHER_OBJECTS);

  private static final String ACME_PATH = "/.well-known/acme-challenge";

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public boolean isQuick(Change change) {
    return true;
  }

  @Override
  public List<Finding> judge(Question question) {
    if (!(question.change().object().orElse(null) instanceof Ingress ingress)
        || Ingresses.isAcmeSolver(ingress)
        || OtherCertificates.byAnnotation(ingress)
        || OtherCertificates.ofTheMaster(ingress)
        || OtherCertificates.ofTheEdge(ingress)
        || coversAll(ingress)) {
      return List.of();
    }
    List<String> classes = question.settings().rule(ID).defaultCertificate();
    if (OtherCertificates.byClass(ingress, classes, question.before())) {
      return List.of();
    }
    List<Finding> plain = plain(ingress, question);
    if (plain.isEmpty()) {
      return plain;
    }
    if (OtherCertificates.perhapsByEntryPoint(ingress, question.before())) {
      return plain.stream().map(IngressTls::perhapsByEntryPoint).toList();
    }
    if (OtherCertificates.perhapsRedirected(ingress, question.before())) {
      return plain.stream()
          .map(finding -> unless(finding, "its middleware redirects to HTTPS"))
          .toList();
    }
    List<Evidence> evidence = OtherCertificates.evidence(ingress, classes, question.before());
    return plain.stream().map(finding -> finding.restsOn(evidence)).toList();
  }

  /** Whether some entry of {@code spec.tls} is for whatever host the controller's is for. */
  private static boolean coversAll(Ingress ingress) {
    for (Ingress.Tls tls : ingress.tls()) {
      if (tls.hosts().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Whether Traefik's entry point has TLS is in Traefik's own arguments, which nobody shows. */
  private static Finding perhapsByEntryPoint(Finding plain) {
    return unless(plain, "its entry point switches TLS on")
        .fix(withoutStop(plain.fix()) + ", or annotate router.tls: \"true\".");
  }

  /** The same as a suspicion. */
  private static Finding unless(Finding plain, String doubt) {
    String message = "%s, unless %s.".formatted(withoutStop(plain.message()), doubt);
    return Finding.suspicion(ID, plain.object(), plain.path(), message)
        .fix(plain.fix())
        .related(plain.related())
        .about(plain.subject());
  }

  private static String withoutStop(String sentence) {
    return sentence.replaceFirst("\\.$", "");
  }

  /**
   * Another Ingress that has TLS for the host. A controller that has one server for each host, as
   * ingress-nginx has, serves both with it.
   */
  private static Optional<Ingress> covering(Ingress ingress, String host, Question question) {
    Cluster cluster = question.after();
    Optional<String> door = Ingresses.door(ingress, cluster);
    return door.isEmpty() || OtherCertificates.isTraefiks(ingress, cluster)
        ? Optional.empty()
        : cluster.namespaces().values().stream()
            .flatMap(namespace -> namespace.ingresses().stream())
            .filter(other -> !isSame(ingress, other))
            .filter(other -> TlsHosts.of(other).cover(host))
            .filter(other -> Ingresses.door(other, cluster).equals(door))
            .min(Comparator.comparing(Ingress::namespace).thenComparing(Ingress::name));
  }

  private static boolean isSame(Ingress one, Ingress other) {
    return one.name().equals(other.name()) && one.namespace().equals(other.namespace());
  }

  private static List<Finding> plain(Ingress ingress, Question question) {
    boolean hasHost = ingress.rules().stream().anyMatch(rule -> !rule.host().isEmpty());
    if (hasHost) {
      return plainHosts(ingress, question);
    }
    return ingress.tls().isEmpty() && !isAcmeChallenge(ingress)
        ? List.of(withoutAnything(ingress))
        : List.of();
  }

  private static List<Finding> plainHosts(Ingress ingress, Question question) {
    TlsHosts tls = TlsHosts.of(ingress);
    List<Finding> findings = new ArrayList<>();
    Set<String> told = new HashSet<>();
    for (int i = 0; i < ingress.rules().size(); i++) {
      Ingress.Rule rule = ingress.rules().get(i);
      if (!rule.host().isEmpty()
          && !tls.cover(rule.host())
          && !isAcmeChallenge(rule)
          && told.add(rule.host().toLowerCase(Locale.ROOT))) {
        Finding finding = plain(ingress, i, rule.host(), tls);
        findings.add(
            covering(ingress, rule.host(), question)
                .map(other ->
                    unless(
                            finding,
                            "what %s has for it in spec.tls is for all its paths"
                                .formatted(ObjectRef.of(other)))
                        .related(List.of(ObjectRef.of(other))))
                .orElse(finding));
      }
    }
    return findings;
  }

  private static boolean isAcmeChallenge(Ingress ingress) {
    return ingress.defaultBackend().isEmpty()
        && !ingress.rules().isEmpty()
        && ingress.rules().stream().allMatch(IngressTls::isAcmeChallenge);
  }

  /** RFC 8555 has the challenge answered over plain HTTP. */
  private static boolean isAcmeChallenge(Ingress.Rule rule) {
    return !rule.paths().isEmpty()
        && rule.paths().stream()
            .map(Ingress.Path::path)
            .allMatch(path -> path.equals(ACME_PATH) || path.startsWith(ACME_PATH + "/"));
  }

  private static Finding withoutAnything(Ingress ingress) {
    return Finding.violation(ID, ObjectRef.of(ingress), TLS, "the Ingress is served without TLS.")
        .fix("add a spec.tls entry that names a kubernetes.io/tls Secret.")
        .about("no host");
  }

  private static Finding plain(Ingress ingress, int index, String host, TlsHosts tls) {
    Optional<String> wildcard = tls.wildcardOver(host);
    Optional<String> misspelt = wildcard.isPresent() ? Optional.empty() : tls.misspelt(host);
    String hint =
        wildcard
            .map("; \"%s\" stands for exactly one label"::formatted)
            .or(() -> misspelt.map(": spec.tls has \"%s\""::formatted))
            .orElse("");
    return Finding.violation(
            ID,
            ObjectRef.of(ingress),
            RULES.index(index).field("host"),
            "\"%s\" is served without TLS%s.".formatted(host, hint))
        .fix(
            misspelt.isPresent()
                ? "write the host the same in spec.rules and spec.tls."
                : "add it to a spec.tls entry that names a kubernetes.io/tls Secret.")
        .about("host " + host.toLowerCase(Locale.ROOT));
  }

  /**
   * The hosts that {@code spec.tls} names. A wildcard stands for exactly one label: the API
   * reference of IngressRule.host.
   *
   * @param all in lower case
   * @param idle those of them that cover no rule's host
   */
  private record TlsHosts(Set<String> all, Set<String> idle) {
    /** Past this many, no near one is looked for: the message is not worth it. */
    private static final int MOST_IDLE = 100;

    static TlsHosts of(Ingress ingress) {
      Set<String> all = new TreeSet<>();
      ingress.tls().forEach(tls -> tls.hosts().forEach(host -> all.add(lower(host))));
      Set<String> idle = new TreeSet<>(all);
      for (Ingress.Rule rule : ingress.rules()) {
        idle.remove(lower(rule.host()));
        idle.remove(wildcard(lower(rule.host())));
      }
      return new TlsHosts(all, idle);
    }

    boolean cover(String host) {
      return all.contains(lower(host)) || all.contains(wildcard(lower(host)));
    }

    /** A near host that no rule has: which of the two is right is not known. */
    Optional<String> misspelt(String host) {
      return idle.size() > MOST_IDLE ? Optional.empty() : Nearest.to(lower(host), idle);
    }

    /**
     * A wildcard that seems to cover the host: {@code *.a.b} over {@code x.y.a.b} or {@code a.b}.
     */
    Optional<String> wildcardOver(String host) {
      String rest = "." + lower(host);
      for (int dot = 0; dot >= 0; dot = rest.indexOf('.', dot + 1)) {
        if (all.contains("*" + rest.substring(dot))) {
          return Optional.of("*" + rest.substring(dot));
        }
      }
      return Optional.empty();
    }

    /** {@code *.example.com} for {@code shop.example.com}; nothing covers a wildcard but itself. */
    private static String wildcard(String host) {
      int dot = host.indexOf('.');
      return dot > 0 && !host.startsWith("*.") ? "*" + host.substring(dot) : host;
    }

    private static String lower(String host) {
      return host.toLowerCase(Locale.ROOT);
    }
  }
}
