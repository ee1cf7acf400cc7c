package io.portcullis.settings;

import io.portcullis.finding.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names that settings may use for rules, worst finding first: this is the order in which
 * findings are told.
 */
public final class Catalogue {
  /**
   * A rule as settings know it.
   *
   * @param parameters the keys that its entry may have beside {@code mode}
   */
  public record Entry(String id, Mode defaultMode, Set<String> parameters) {}

  private static final List<Entry> ENTRIES =
      List.of(
          entry("service-selector"),
          entry("service-port"),
          entry("service-overlap"),
          entry("service-exposure"),
          entry("policy-selects-nothing"),
          entry("policy-port"),
          entry("policy-blocks-dns"),
          entry("policy-cuts-connections", "limit"),
          entry("policy-too-open"),
          entry("policy-one-sided"),
          entry("tier-flow"),
          entry("tier-label"),
          entry("pod-isolated"),
          entry("pod-host-network"),
          entry("default-deny-kept"),
          entry("policy-not-enforced"),
          entry("address-overlap"),
          entry("policy-ipblock"),
          entry("ingress-tls", "defaultCertificate"),
          entry("ingress-tls-secret"),
          entry("ingress-plaintext"),
          entry("ingress-backend"),
          entry("ingress-conflict"),
          new Entry("ingress-host", Mode.OFF, Set.of("allow")),
          entry("gateway-tls"),
          entry("gateway-route"),
          entry("dns-corefile"),
          entry("settings-valid"));

  private static final Map<String, Entry> BY_ID =
      ENTRIES.stream().collect(Collectors.toUnmodifiableMap(Entry::id, entry -> entry));

  private Catalogue() {}

  public static List<Entry> entries() {
    return ENTRIES;
  }

  /** The names of all rules, in the catalogue's order. */
  public static List<String> ids() {
    return ENTRIES.stream().map(Entry::id).toList();
  }

  public static Optional<Entry> find(String id) {
    return Optional.ofNullable(BY_ID.get(id));
  }

  /** The place of a rule in the catalogue, from 0; past the end for a name that is not in it. */
  public static int rank(String id) {
    int at = ids().indexOf(id);
    return at < 0 ? ENTRIES.size() : at;
  }

  private static Entry entry(String id, String... parameters) {
    return new Entry(id, Mode.DENY, Set.of(parameters));
  }
}
