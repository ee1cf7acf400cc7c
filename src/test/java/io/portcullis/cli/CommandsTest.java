package io.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.settings.SettingsSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small commands. */
class CommandsTest {
  @TempDir private Path folder;

  static Stream<String> ids() {
    return Rules.inOrder().stream().map(rule -> rule.id());
  }

  @Test
  void rulesAreListedInTheOrderInWhichFindingsAreTold() {
    Ran ran = Ran.portcullis("rules");
    assertThat(ran.code()).isZero();
    assertThat(ran.lines().getFirst()).startsWith("RULE ").contains("  MODE   ");
    assertThat(ran.lines().stream().skip(1).map(line -> line.split(" ", 2)[0]))
        .containsExactlyElementsOf(ids().toList());
    assertThat(ran.lines())
        .anySatisfy(
            line -> assertThat(line).matches("ingress-tls +deny +Each host of an Ingress is .*"));
  }

  @ParameterizedTest
  @MethodSource("ids")
  void eachRuleHasAPage(String id) {
    Ran ran = Ran.portcullis("rules", id);
    assertThat(ran.code()).isZero();
    assertThat(ran.lines().getFirst()).isEqualTo(id);
    assertThat(ran.out())
        .containsAnyOf("REFUSED", "WARNED")
        .contains("    apiVersion: ")
        .doesNotContain("```", "| --- |");
  }

  @Test
  void anUnknownRuleIsToldWithTheNearestOne() {
    assertThat(Ran.portcullis("rules", "ingress-tsl"))
        .isEqualTo(
            new Ran(
                2,
                "",
                "portcullis rules: there is no rule \"ingress-tsl\": did you mean ingress-tls?"
                    + " (see portcullis rules --help)\n"));
  }

  @Test
  void aPageIsReadableWithoutItsMarks() {
    assertThat(
            PlainPage.of(
                """
                # a-rule

                ## Why

                Since `a` is **not** [b](https://example.com).

                ```yaml
                kind: Service

                # | a comment
                ```
                | key | meaning |
                | --- | --- |
                | `mode` | `deny` \\| `warn` |
                | x | |
                """))
        .isEqualTo(
            """
            a-rule

            WHY

            Since a is not b.

                kind: Service

                # | a comment
            key   meaning
            mode  deny | warn
            x
            """);
  }

  @Test
  void validSettingsAreSaidToBeValid() {
    assertThat(Ran.portcullis("settings", "k8s/samples/settings.yaml"))
        .isEqualTo(new Ran(0, "k8s/samples/settings.yaml is valid\n", ""));
  }

  @Test
  void invalidSettingsAreToldWithEachLineAndColumn() throws IOException {
    Path file = folder.resolve("settings.yaml");
    Files.writeString(file, "mode: wran\nrules:\n  ingres-tls: deny\n");
    Ran ran = Ran.portcullis("settings", file.toString());
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.complaints()).hasSize(2);
    assertThat(ran.complaints().get(0)).startsWith(file + ":1:7: mode: ").contains("warn");
    assertThat(ran.complaints().get(1)).startsWith(file + ":3:3: ").contains("ingress-tls");
  }

  @Test
  void settingsThatCannotBeReadAreAnError() throws IOException {
    assertThat(Ran.portcullis("settings", "nowhere.yaml"))
        .isEqualTo(new Ran(2, "", "nowhere.yaml: no such file\n"));
    Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {(byte) 0xe9});
    assertThat(Ran.portcullis("settings", latin.toString()).err())
        .isEqualTo(latin + ": is not encoded in UTF-8\n");
  }

  @Test
  void theSchemaIsPrintedAsItIsShipped() {
    assertThat(Ran.portcullis("schema")).isEqualTo(new Ran(0, SettingsSchema.text(), ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void oneScriptCompletesForBashAndZsh(String shell) {
    Ran ran = Ran.portcullis("completion", shell);
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("bashcompinit", "--fail-on", "complete -F");
  }

  @Test
  void bashTakesTheScript() throws IOException, InterruptedException {
    Path script = folder.resolve("completion");
    Files.writeString(
        script,
        Ran.portcullis("completion", "bash").out()
            + """
            compopt() { :; } # bash has it only while somebody presses TAB
            COMP_WORDS=(portcullis check --fail-on "")
            COMP_CWORD=3
            _complete_portcullis
            echo "${COMPREPLY[@]}"
            """);
    Process bash = new ProcessBuilder("bash", script.toString()).redirectErrorStream(true).start();
    assertThat(bash.inputReader().readAllAsString()).isEqualTo("deny warn audit off\n");
    assertThat(bash.waitFor()).isZero();
  }

  @Test
  void fishGetsALineForEachCommandAndOption() {
    List<String> lines = Ran.portcullis("completion", "fish").lines();
    assertThat(lines)
        .allMatch(line -> line.startsWith("complete -c portcullis "))
        .contains(
            "complete -c portcullis -n __fish_use_subcommand -a schema -d 'Prints the JSON Schema"
                + " of the settings.'",
            "complete -c portcullis -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh"
                + " fish'",
            "complete -c portcullis -n '__fish_seen_subcommand_from check' -F")
        .anyMatch(line -> line.contains("-s o -l output -x -a 'text json sarif junit github'"));
  }

  @Test
  void anUnknownShellIsAnError() {
    assertThat(Ran.portcullis("completion", "tcsh").code()).isEqualTo(2);
  }
}
