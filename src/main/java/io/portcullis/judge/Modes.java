package io.portcullis.judge;

import io.portcullis.cluster.Cluster;
import io.portcullis.finding.Change;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Judged;
import io.portcullis.finding.Mode;
import io.portcullis.finding.User;
import io.portcullis.net.Labels;
import io.portcullis.settings.Settings;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a finding does, by the settings: an exception, else {@link Settings#modeOf}. */
final class Modes {
  private final Settings settings;
  private final Cluster picture;
  private final Change change;
  private final LocalDate today;
  private @Nullable Labels labels;

  Modes(Settings settings, Cluster picture, Change change, LocalDate today) {
    this.settings = settings;
    this.picture = picture;
    this.change = change;
    this.today = today;
  }

  /** The finding with what it does. */
  Judged of(Finding finding) {
    Mode set = ofRule(finding.rule());
    Optional<Settings.Exemption> exception =
        set == Mode.OFF ? Optional.empty() : exception(finding);
    Mode mode = exception.isPresent() ? Mode.AUDIT : set;
    return new Judged(
        finding,
        switch (finding.severity()) {
          case VIOLATION -> mode;
          case SUSPICION -> mode == Mode.DENY ? Mode.WARN : mode;
        },
        exception.map(Settings.Exemption::reason).orElse(""));
  }

  /** What violations of a rule do here, exceptions aside. */
  Mode ofRule(String rule) {
    String namespace = change.target().namespace();
    Labels known = labels;
    if (known == null) {
      known = picture.namespaceLabels(namespace);
      labels = known;
    }
    return settings.modeOf(rule, namespace, known);
  }

  private Optional<Settings.Exemption> exception(Finding finding) {
    return settings.exceptions().stream().filter(each -> covers(each, finding)).findFirst();
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
