package io.portcullis.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.portcullis.finding.Mode;
import io.portcullis.settings.Settings;
import io.portcullis.settings.SettingsReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the gate runs in a cluster, and with which settings it starts. */
class DeploymentTest {
  private static final JsonNode DEPLOYMENT = Shipped.object("base/deployment.yaml", "Deployment");
  private static final JsonNode CONTAINER = DEPLOYMENT.at("/spec/template/spec/containers/0");

  @Test
  void theImageHasTheVersionOfTheProgram() throws IOException {
    Properties built = new Properties();
    try (InputStream in =
        DeploymentTest.class.getResourceAsStream("/io/portcullis/cli/version.properties")) {
      built.load(in);
    }
    assertThat(CONTAINER.path("image").asText())
        .isEqualTo("portcullis:" + built.getProperty("version").replace("-SNAPSHOT", ""));
  }

  @Test
  void itCanDoNothingToItsNode() {
    assertThat(DEPLOYMENT.at("/spec/template/spec/securityContext/runAsNonRoot").asBoolean())
        .isTrue();
    JsonNode context = CONTAINER.path("securityContext");
    assertThat(context.path("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(context.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
  }

  @ParameterizedTest
  @CsvSource({
    "startupProbe, /q/health/started",
    "readinessProbe, /q/health/ready",
    "livenessProbe, /q/health/live"
  })
  void itIsProbedWhereItAnswers(String probe, String path) {
    assertThat(CONTAINER.path(probe).at("/httpGet/path").asText()).isEqualTo(path);
    assertThat(CONTAINER.path(probe).at("/httpGet/port").asText()).isEqualTo("management");
  }

  @Test
  void whatSelectsThePodsSelectsThem() {
    JsonNode labels = DEPLOYMENT.at("/spec/template/metadata/labels");
    assertThat(DEPLOYMENT.at("/spec/selector/matchLabels")).isEqualTo(labels);
    assertThat(Shipped.object("base/service.yaml", "Service").at("/spec/selector"))
        .isEqualTo(labels);
    assertThat(
            Shipped.object("base/networkpolicy.yaml", "NetworkPolicy")
                .at("/spec/podSelector/matchLabels"))
        .isEqualTo(labels);
    assertThat(
            Shipped.object("base/deployment.yaml", "PodDisruptionBudget")
                .at("/spec/selector/matchLabels"))
        .isEqualTo(labels);
  }

  @ParameterizedTest
  @CsvSource({"base, ''", "overlays/trial, 'mode: warn'", "overlays/strict, 'mode: deny'"})
  void theSettingsAreValidAndSetTheModeAlone(String folder, String mode) {
    assertThat(read(Shipped.text(folder + "/portcullis.yaml"))).isEqualTo(read(mode));
  }

  private static Settings read(String text) {
    return switch (SettingsReader.read(text, "test")) {
      case SettingsReader.Result.Valid(Settings settings) -> settings;
      case SettingsReader.Result.Invalid(var problems) -> throw new AssertionError(problems);
    };
  }

  @Test
  void theExamplesThatAreCommentedOutAreValidToo() {
    String examples =
        Shipped.text("base/portcullis.yaml")
            .lines()
            .filter(line -> line.matches("# ( |[a-z]+:).*"))
            .map(line -> line.substring(2))
            .reduce("", (all, line) -> all + line + "\n");
    assertThat(read(examples).mode()).contains(Mode.WARN);
  }
}
