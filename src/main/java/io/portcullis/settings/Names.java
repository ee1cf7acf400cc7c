package io.portcullis.settings;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names as Kubernetes takes them. Source: apimachinery validation (IsDNS1123Label,
 * IsDNS1123Subdomain, IsQualifiedName, IsValidLabelValue).
 */
final class Names {
  private static final int LABEL = 63;
  private static final int SUBDOMAIN = 253;

  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  private static final Pattern DNS_SUBDOMAIN =
      Pattern.compile("%1$s(\\.%1$s)*".formatted(DNS_LABEL.pattern()));
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");

  private Names() {}

  /** The name of a namespace or a Service. */
  static Optional<String> namespace(Value value) {
    return value.parsed(
        text -> when(text, DNS_LABEL, LABEL),
        "namespace's name",
        "use small letters, digits and dashes, at most 63.");
  }

  /** The name of an object. */
  static Optional<String> object(Value value) {
    return value.parsed(
        Names::subdomain, "name", "use small letters, digits, dashes and dots, at most 253.");
  }

  /** A host, or all hosts one label below another: {@code *.example.com}. */
  static Optional<String> host(Value value) {
    return value.parsed(
        text -> subdomain(text.startsWith("*.") ? text.substring(2) : text).map(name -> text),
        "host",
        "write it like shop.example.com or \"*.example.com\".");
  }

  static Optional<String> labelKey(Value value) {
    return value.parsed(Names::labelKey, "label's key", "write it like tier or example.com/tier.");
  }

  /** A label's value, which may be empty. */
  static Optional<String> labelValue(String text) {
    return text.isEmpty() ? Optional.of(text) : when(text, WORD, LABEL);
  }

  static Optional<String> labelKey(String text) {
    int slash = text.indexOf('/');
    boolean prefixed = slash < 0 || subdomain(text.substring(0, slash)).isPresent();
    return when(text.substring(slash + 1), WORD, LABEL).filter(name -> prefixed).map(name -> text);
  }

  static Optional<String> dnsLabel(String text) {
    return when(text, DNS_LABEL, LABEL);
  }

  private static Optional<String> subdomain(String text) {
    return when(text, DNS_SUBDOMAIN, SUBDOMAIN);
  }

  private static Optional<String> when(String text, Pattern pattern, int most) {
    return text.length() <= most && pattern.matcher(text).matches()
        ? Optional.of(text)
        : Optional.empty();
  }
}
