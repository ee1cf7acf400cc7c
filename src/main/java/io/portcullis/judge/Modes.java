package io.portcullis.judge;

import io.portcullis.cluster.Cluster;
import io.portcullis.finding.Change;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Mode;
import io.portcullis.finding.User;
import io.portcullis.net.Labels;
import io.portcullis.settings.Catalogue;
import io.portcullis.settings.Settings;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What a finding does, by the settings: an exception, else the first override that matches, else
 * the rule's own entry, else the mode for all, else the rule's default. A rule that is off by
 * default is woken by its own entry, or by an override that names it, and by nothing else.
 */
final class Modes {
  private final Settings settings;
  private final Cluster picture;
  private final Change change;
  private final LocalDate today;

  Modes(Settings settings, Cluster picture, Change change, LocalDate today) {
    this.settings = settings;
    this.picture = picture;
    this.change = change;
    this.today = today;
  }

  /** What the finding does. */
  Mode of(Finding finding) {
    Mode mode = isExcepted(finding) ? Mode.AUDIT : ofRule(finding.rule());
    return switch (finding.severity()) {
      case VIOLATION -> mode;
      case SUSPICION -> mode == Mode.DENY ? Mode.WARN : mode;
    };
  }

  /** What violations of a rule do here, exceptions aside. */
  Mode ofRule(String rule) {
    Mode byDefault = Catalogue.find(rule).map(Catalogue.Entry::defaultMode).orElse(Mode.DENY);
    return override(rule, byDefault)
        .or(() -> settings.rule(rule).mode())
        .or(() -> byDefault == Mode.OFF ? Optional.of(Mode.OFF) : settings.mode())
        .orElse(byDefault);
  }

  private Optional<Mode> override(String rule, Mode byDefault) {
    if (settings.overrides().isEmpty()) {
      return Optional.empty();
    }
    String namespace = change.target().namespace();
    Labels labels = picture.namespaceLabels(namespace);
    boolean sleeps = byDefault == Mode.OFF && settings.rule(rule).mode().isEmpty();
    return settings.overrides().stream()
        .filter(each -> each.rules().isEmpty() ? !sleeps : each.rules().contains(rule))
        .filter(each -> each.namespaces().matches(namespace, labels))
        .map(Settings.ModeOverride::mode)
        .findFirst();
  }

  private boolean isExcepted(Finding finding) {
    return settings.exceptions().stream().anyMatch(each -> covers(each, finding));
  }

  private boolean covers(Settings.Exemption each, Finding finding) {
    User user = change.user();
    return is(each.rule(), finding.rule())
        && is(each.kind(), change.target().kind())
        && is(each.namespace(), change.target().namespace())
        && is(each.name(), change.ref().name())
        && is(each.user(), user.name())
        && (each.group().isEmpty() || user.groups().contains(each.group().get()))
        && (each.expires().isEmpty() || !today.isAfter(each.expires().get()));
  }

  private static boolean is(Optional<String> wanted, String actual) {
    return wanted.isEmpty() || wanted.get().equals(actual);
  }
}
