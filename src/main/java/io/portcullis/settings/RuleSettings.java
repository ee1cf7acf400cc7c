package io.portcullis.settings;

import io.portcullis.finding.Mode;
import java.util.List;
import java.util.Optional;

/**
 * What is set for one rule. Which of the parameters a rule has, {@link Catalogue} says.
 *
 * @param limit {@code policy-cuts-connections}: how many connections are told one by one; empty: as
 *     many as the rule finds right
 * @param defaultCertificate {@code ingress-tls}: classes whose controller has a certificate for
 *     every host
 * @param allow {@code ingress-host}: the hosts that are allowed, {@code *.example.com}
 */
public record RuleSettings(
    Optional<Mode> mode,
    Optional<Integer> limit,
    List<String> defaultCertificate,
    List<String> allow) {
  /** Nothing is set. */
  public static final RuleSettings DEFAULT =
      new RuleSettings(Optional.empty(), Optional.empty(), List.of(), List.of());

  public RuleSettings {
    defaultCertificate = List.copyOf(defaultCertificate);
    allow = List.copyOf(allow);
  }
}
