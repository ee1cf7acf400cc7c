package io.portcullis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.cluster.Cluster;
import io.portcullis.finding.Change;
import io.portcullis.finding.Finding;
import io.portcullis.kube.ConfigMap;
import io.portcullis.kube.Meta;
import io.portcullis.net.Labels;
import io.portcullis.settings.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the samples of settings-valid do not show: how findings of two texts compare. */
class SettingsValidTest {
  private static final String WRONG = "mode: wran\n";

  @Test
  void aMistakeIsTheSameOnlyInTheSameText() {
    Finding before = only(settings(WRONG));
    Finding same = only(settings(WRONG));
    Finding changed = only(settings(WRONG + "rules: {ingress-tls: deny}\n"));

    assertThat(same.sameAs(before)).isTrue();
    assertThat(changed.message()).isEqualTo(before.message());
    assertThat(changed.sameAs(before)).isFalse();
  }

  @Test
  void whatIsSaidOfAHostileTextIsOneShortLine() {
    Finding finding = only(settings("mode: \"" + "x\\n\\e[31m".repeat(10_000) + "\"\n"));

    assertThat(finding.line()).hasSizeLessThan(1_000).doesNotContain("\n", "\u001b");
  }

  @Test
  void aTextOfManyMistakesIsNotToldForEver() {
    assertThat(judge(settings("mode: [" + "1, ".repeat(100_000) + "1]\n"))).hasSize(1);
    assertThat(judge(settings("a: 1\n".repeat(5_000)))).hasSizeLessThanOrEqualTo(1_000);
  }

  private static Finding only(ConfigMap map) {
    List<Finding> findings = judge(map);
    assertThat(findings).hasSize(1);
    return findings.getFirst();
  }

  private static List<Finding> judge(ConfigMap map) {
    Change change = Change.creation(map);
    return new SettingsValid()
        .judge(Question.request(change, Cluster.of(List.of()), Settings.DEFAULT));
  }

  private static ConfigMap settings(String text) {
    Meta meta =
        new Meta(
            Settings.NAMESPACE,
            Settings.CONFIG_MAP,
            "",
            "",
            "",
            Labels.EMPTY,
            Map.of(),
            List.of(),
            false);
    return new ConfigMap(meta, Map.of(Settings.KEY, text));
  }
}
