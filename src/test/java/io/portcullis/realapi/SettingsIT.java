package io.portcullis.realapi;

import static io.portcullis.realapi.Manifests.ingress;
import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.proof.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an admin sees who edits the ConfigMap. */
@ExtendWith(RealApi.class)
class SettingsIT {
  private static final Path SETTINGS = Path.of("src/test/resources/realapi/settings.yaml");

  @AfterEach
  void restore(Plane plane) throws IOException {
    change(plane, Files.readString(SETTINGS));
  }

  @Test
  void aChangeIsInForceWithoutARestart(Plane plane) {
    plane.namespace("relaxed");
    change(plane, "mode: warn\n");
    assertThat(plane.apply(ingress("relaxed", "web", "relaxed.example.com", "")))
        .startsWith("Warning: [ingress-tls] Ingress relaxed/web, spec.rules[0].host:")
        .endsWith("ingress.networking.k8s.io/web created\n");
  }

  @Test
  void anInvalidTextIsRefusedWithLineAndColumn(Plane plane) {
    Shell.Result denied =
        plane.kubectlWith(
            Manifests.settings("mode: warn\nrules:\n  ingres-tls: deny\n"), "apply", "-f", "-");
    assertThat(denied.exit()).isEqualTo(1);
    assertThat(denied.output())
        .contains("[settings-valid] ConfigMap portcullis-system/portcullis, data[portcullis.yaml]:")
        .contains("line 3, column 3")
        .contains("ingress-tls");
  }

  @Test
  void anInvalidTextThatGotInAllTheSameLeavesTheLastGoodOneInForce(Plane plane) {
    plane.namespace("stubborn");
    change(plane, "rules: {ingress-tls: warn}\n");
    // A validating webhook is not asked where it is not registered.
    String registered =
        plane.must("get", "validatingwebhookconfiguration", "portcullis", "-o", "yaml");
    plane.must("delete", "validatingwebhookconfiguration", "portcullis");
    Await.that(
        "the API server no longer asks",
        () ->
            plane
                    .kubectlWith(
                        Manifests.settings("mode: nonsense\n"),
                        "apply",
                        "-f",
                        "-",
                        "--dry-run=server")
                    .exit()
                == 0);
    plane.apply(Manifests.settings("mode: nonsense\n"));
    Await.that("the gate says so", () -> plane.metric("portcullis_settings_valid") == 0);
    plane.kubectlWith(withoutVersion(registered), "create", "-f", "-");

    Await.that(
        "the API server asks again, and the last good settings hold",
        () ->
            plane
                .kubectlWith(
                    ingress("stubborn", "web", "stubborn.example.com", ""),
                    "apply",
                    "-f",
                    "-",
                    "--dry-run=server")
                .output()
                .startsWith("Warning: [ingress-tls]"));
  }

  private static String withoutVersion(String yaml) {
    return yaml.lines()
        .filter(line -> !line.matches("  (resourceVersion|uid|creationTimestamp|generation):.*"))
        .reduce("", (text, line) -> text + line + "\n");
  }

  private static void change(Plane plane, String yaml) {
    plane.apply(Manifests.settings(yaml));
    plane.awaitInPicture("ConfigMap", "configmap", "portcullis", "portcullis-system");
    Await.that("the settings are valid", () -> plane.metric("portcullis_settings_valid") == 1);
  }
}
