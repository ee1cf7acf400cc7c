package io.portcullis.settings;

import io.portcullis.finding.Mode;
import io.portcullis.net.Address;
import io.portcullis.net.AddressRange;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All settings.
 *
 * @param version which text this is: the ConfigMap's resourceVersion, {@code sha256:} and 8 hex
 *     digits of a file, or {@code default}
 * @param mode what a violation does unless something finer says otherwise; empty: each rule's
 *     default
 * @param grace how long a suspicion about something that may still come rests
 */
public record Settings(
    String version,
    Optional<Mode> mode,
    Map<String, RuleSettings> rules,
    Namespaces namespaces,
    List<ModeOverride> overrides,
    List<Exemption> exceptions,
    Tiers tiers,
    Addresses addresses,
    Isolation isolation,
    Audit audit,
    Dns dns,
    OnTimeout onTimeout,
    Duration grace,
    Suppressions suppressions,
    List<IngressController> ingressControllers) {

  /** The namespace of the ConfigMap. */
  public static final String NAMESPACE = "portcullis-system";

  /** The ConfigMap's name. */
  public static final String CONFIG_MAP = "portcullis";

  /** The key in it under which the text stands. */
  public static final String KEY = "portcullis.yaml";

  /**
   * Which namespaces are special.
   *
   * @param exempt names of namespaces that are never touched: what is set and, always, the preset
   * @param guarded where default-deny must hold
   */
  public record Namespaces(List<String> exempt, NamespaceMatch guarded) {
    public Namespaces {
      exempt = List.copyOf(exempt);
    }
  }

  /** Another mode for the violations in some namespaces. Rules empty: all. */
  public record ModeOverride(NamespaceMatch namespaces, List<String> rules, Mode mode) {
    public ModeOverride {
      rules = List.copyOf(rules);
    }
  }

  /**
   * A violation that is known and let pass for a while; it is still audited.
   *
   * @param rule empty: any
   * @param expires the last day on which it holds
   */
  public record Exemption(
      Optional<String> rule,
      Optional<String> kind,
      Optional<String> namespace,
      Optional<String> name,
      Optional<String> user,
      Optional<String> group,
      String reason,
      Optional<LocalDate> expires) {}

  /** Ranges that no API object says. */
  public record Addresses(
      List<AddressRange> nodes,
      List<AddressRange> pods,
      List<AddressRange> services,
      List<Reserved> reserved) {
    public Addresses {
      nodes = List.copyOf(nodes);
      pods = List.copyOf(pods);
      services = List.copyOf(services);
      reserved = List.copyOf(reserved);
    }
  }

  /** Ranges that belong to somebody else. */
  public record Reserved(String name, List<AddressRange> ranges) {
    public Reserved {
      ranges = List.copyOf(ranges);
    }
  }

  /** How isolation is kept in guarded namespaces. */
  public record Isolation(Baseline baseline, FirstPod firstPod, WithinTier withinTier) {
    /**
     * Whether we keep default-deny policies ourselves, only look that somebody does, or neither.
     */
    public enum Baseline {
      KEEP,
      VERIFY,
      OFF
    }

    /** What happens to a pod that no policy isolates yet. */
    public enum FirstPod {
      HOLD,
      DENY,
      OFF
    }

    /** Whether pods of one tier in one namespace may talk to each other. */
    public enum WithinTier {
      ALLOW,
      DENY
    }
  }

  /** What is written down beside denials and warnings. */
  public record Audit(boolean allowed, boolean events) {}

  /**
   * Where DNS is.
   *
   * @param service {@code namespace/name}
   * @param nodeLocal the node-local cache's address
   */
  public record Dns(String namespace, String service, Address nodeLocal) {}

  /** What becomes of a request that is not decided in time. */
  public enum OnTimeout {
    ALLOW,
    DENY
  }

  /** Whether annotations on objects may quiet findings. */
  public enum Suppressions {
    ALLOW,
    REFUSE
  }

  /** Which pods are the controller of an Ingress class. */
  public record IngressController(String ingressClass, String namespace, Selector podSelector) {}

  /** What holds where nothing is set. */
  public static final Settings DEFAULT =
      new Settings(
          "default",
          Optional.empty(),
          Map.of(),
          new Namespaces(
              Exempt.PRESET,
              new NamespaceMatch(
                  List.of(), Optional.of(Selector.of(Labels.of("portcullis.io/guard", "true"))))),
          List.of(),
          List.of(),
          Tiers.NONE,
          new Addresses(List.of(), List.of(), List.of(), List.of()),
          new Isolation(
              Isolation.Baseline.KEEP, Isolation.FirstPod.HOLD, Isolation.WithinTier.ALLOW),
          new Audit(false, true),
          new Dns("kube-system", "kube-dns", Address.parse("169.254.20.10")),
          OnTimeout.ALLOW,
          Duration.ofMinutes(5),
          Suppressions.ALLOW,
          List.of());

  public Settings {
    rules = Map.copyOf(rules);
    overrides = List.copyOf(overrides);
    exceptions = List.copyOf(exceptions);
    ingressControllers = List.copyOf(ingressControllers);
  }

  /** What is set for a rule; the defaults where nothing is. */
  public RuleSettings rule(String id) {
    return rules.getOrDefault(id, RuleSettings.DEFAULT);
  }

  /**
   * What violations of a rule do in a namespace, exceptions aside: the first override that matches,
   * else the rule's own entry, else the mode for all, else the rule's default. A rule that is off
   * by default is woken by its own entry, or by an override that names it, and by nothing else.
   */
  public Mode modeOf(String rule, String namespace, Labels namespaceLabels) {
    Mode byDefault = Catalogue.find(rule).map(Catalogue.Entry::defaultMode).orElse(Mode.DENY);
    Optional<Mode> own = rule(rule).mode();
    boolean sleeps = byDefault == Mode.OFF && own.isEmpty();
    for (ModeOverride each : overrides) {
      boolean names = each.rules().isEmpty() ? !sleeps : each.rules().contains(rule);
      if (names && each.namespaces().matches(namespace, namespaceLabels)) {
        return each.mode();
      }
    }
    return own.orElse(byDefault == Mode.OFF ? Mode.OFF : mode.orElse(byDefault));
  }

  /** Whether a namespace is never touched. */
  public boolean isExempt(String namespace) {
    return namespaces.exempt().contains(namespace);
  }
}
