package io.portcullis.rules;

import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.finding.Operation;
import io.portcullis.kube.ConfigMap;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.settings.Settings;
import io.portcullis.settings.SettingsProblem;
import io.portcullis.settings.SettingsReader;
import io.portcullis.text.Nearest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Our own settings, before they are in force. Judged like all else with those that are. */
public final class SettingsValid implements Rule {
  private static final String ID = "settings-valid";

  private static final RuleInfo INFO =
      new RuleInfo(
          ID,
          "The settings of Portcullis can be read and do not contradict themselves",
          Set.of(Kind.CONFIG_MAP),
          Set.of(Operation.CREATE, Operation.UPDATE),
          RuleInfo.View.THE_OBJECT);

  private static final FieldPath DATA = FieldPath.of("data");

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> judge(Question question) {
    return question
        .change()
        .object()
        .filter(ConfigMap.class::isInstance)
        .map(ConfigMap.class::cast)
        .filter(SettingsValid::isOurs)
        .map(SettingsValid::findings)
        .orElse(List.of());
  }

  private static boolean isOurs(ConfigMap map) {
    return map.namespace().equals(Settings.NAMESPACE) && map.name().equals(Settings.CONFIG_MAP);
  }

  private static List<Finding> findings(ConfigMap map) {
    Optional<String> text = map.text(Settings.KEY);
    return text.isPresent() ? problems(map, text.get()) : List.of(withoutText(map));
  }

  private static List<Finding> problems(ConfigMap map, String text) {
    return switch (SettingsReader.read(text, "")) {
      case SettingsReader.Result.Valid valid -> List.of();
      case SettingsReader.Result.Invalid invalid ->
          invalid.problems().stream().map(problem -> finding(map, text, problem)).toList();
    };
  }

  /**
   * A text is in force as a whole or not at all. So a problem that the text before had too is no
   * less a problem of a changed one: the finding is about this very text.
   */
  private static Finding finding(ConfigMap map, String text, SettingsProblem problem) {
    return Finding.violation(ID, ObjectRef.of(map), DATA.field(Settings.KEY), problem.sentence())
        .fix(problem.fix())
        .about(problem + " in " + text.hashCode());
  }

  private static Finding withoutText(ConfigMap map) {
    Optional<String> near = Nearest.to(Settings.KEY, map.data().keySet());
    return near.map(key ->
            Finding.violation(
                    ID,
                    ObjectRef.of(map),
                    DATA.field(key),
                    "the key \"%s\" is not read: did you mean \"%s\"?".formatted(key, Settings.KEY))
                .fix("rename the key to %s.".formatted(Settings.KEY)))
        .orElseGet(() ->
            Finding.suspicion(
                    ID,
                    ObjectRef.of(map),
                    DATA,
                    "there is no key \"%s\", so that the defaults hold.".formatted(Settings.KEY))
                .fix("put the settings under the key %s.".formatted(Settings.KEY)));
  }
}
