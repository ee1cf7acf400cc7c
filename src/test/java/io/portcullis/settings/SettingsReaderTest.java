package io.portcullis.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.finding.Mode;
import io.portcullis.net.Address;
import io.portcullis.net.AddressRange;
import io.portcullis.net.Labels;
import io.portcullis.settings.SettingsReader.Result;
import io.portcullis.settings.Tiers.Flow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
  private static final Path SAMPLES = Path.of("src/test/resources/settings/valid");

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "# mode: warn\n", "---\n", "{}", "null", "\uFEFF"})
  void aTextWithoutValuesGivesTheDefaults(String text) {
    assertThat(settings(text)).isEqualTo(Settings.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rules:\nnamespaces:\noverrides:\nexceptions:\ntiers:\naddresses:\nisolation:\n",
        "audit:\ndns:\ningressControllers:\n",
        "rules: {}\nnamespaces: {}\noverrides: []\ntiers: {}\naddresses: {}\ndns: {}\naudit: {}\n",
      })
  void aSectionWhoseKeysAreCommentedOutIsTheDefault(String text) {
    assertThat(settings(text)).isEqualTo(Settings.DEFAULT);
  }

  @Test
  void theVersionIsTheCallers() {
    assertThat(SettingsReader.read("mode: warn", "4711"))
        .isInstanceOfSatisfying(
            Result.Valid.class, valid -> assertThat(valid.settings().version()).isEqualTo("4711"));
  }

  @Test
  void modesOfRulesAndTheirParametersAreRead() throws IOException {
    Settings settings = everyKey();

    assertThat(settings.mode()).contains(Mode.OFF);
    assertThat(settings.rules().keySet())
        .containsExactlyInAnyOrder(
            "ingress-tls", "ingress-host", "policy-cuts-connections", "service-selector");
    assertThat(settings.rule("service-selector").mode()).contains(Mode.OFF);
    assertThat(settings.rule("ingress-tls").mode()).contains(Mode.WARN);
    assertThat(settings.rule("ingress-tls").defaultCertificate())
        .containsExactly("nginx", "traefik");
    assertThat(settings.rule("ingress-host").allow())
        .containsExactly("*.example.com", "shop.example.org");
    assertThat(settings.rule("policy-cuts-connections").mode()).isEmpty();
    assertThat(settings.rule("policy-cuts-connections").limit()).contains(5);
  }

  @Test
  void whatIsExemptComesOnTopOfThePreset() throws IOException {
    Settings settings = everyKey();

    assertThat(settings.isExempt("legacy")).isTrue();
    assertThat(settings.isExempt("kube-system")).isTrue();
    assertThat(settings.isExempt("portcullis-system")).isTrue();
    assertThat(settings.isExempt("shop")).isFalse();
    assertThat(settings.namespaces().exempt()).doesNotHaveDuplicates();
  }

  @Test
  void namespacesAreMatchedByNameAndByLabels() throws IOException {
    NamespaceMatch guarded = everyKey().namespaces().guarded();
    NamespaceMatch override = everyKey().overrides().getFirst().namespaces();

    assertThat(guarded.matches("shop", Labels.EMPTY)).isTrue();
    assertThat(guarded.matches("shop", Labels.of("stage", "dev"))).isFalse();
    assertThat(guarded.matches("other", Labels.EMPTY)).isFalse();
    assertThat(override.matches("any", Labels.of(Map.of("stage", "dev", "team", "x")))).isTrue();
    assertThat(override.matches("any", Labels.of("stage", "dev"))).isFalse();
  }

  @Test
  void overridesMayBeForSomeRules() throws IOException {
    Settings.ModeOverride override = everyKey().overrides().getFirst();

    assertThat(override.rules()).containsExactly("tier-label", "ingress-tls");
    assertThat(override.mode()).isEqualTo(Mode.AUDIT);
  }

  @Test
  void anExceptionThatHasExpiredIsNoError() throws IOException {
    List<Settings.Exemption> exceptions = everyKey().exceptions();

    assertThat(exceptions.get(0).user()).contains("system:serviceaccount:ops:restore");
    assertThat(exceptions.get(0).rule()).isEmpty();
    assertThat(exceptions.get(1).group()).contains("platform");
    assertThat(exceptions.get(2).expires()).contains(LocalDate.of(2020, 2, 29));
    assertThat(exceptions.get(2).reason()).isEqualTo("old");
  }

  @Test
  void tiersAreRead() throws IOException {
    Tiers tiers = everyKey().tiers();

    assertThat(tiers.label()).isEqualTo("example.com/tier");
    assertThat(tiers.names()).containsExactly("data", "frontend", "logic");
    assertThat(tiers.ofNamespace("cache", Labels.EMPTY)).contains("data");
    assertThat(tiers.ofNamespace("x", Labels.of("team", "orders"))).contains("logic");
    assertThat(tiers.flows().get(1).ports()).hasToString("[TCP/9000-9010, SCTP/7]");
    assertThat(tiers.flows().get(2)).isEqualTo(new Flow("logic", "data", List.of()));
    assertThat(tiers.exposed()).containsExactly("frontend");
    assertThat(tiers.unlabelled()).isEqualTo(Tiers.Unlabelled.DENY);
  }

  @Test
  void addressesAreRead() throws IOException {
    Settings.Addresses addresses = everyKey().addresses();

    assertThat(addresses.nodes()).hasSize(2).contains(range("192.168.1.0-192.168.1.255"));
    assertThat(addresses.services())
        .containsExactly(
            range("10.96.0.0/12"), range("10.200.0.1-10.200.0.9"), range("10.201.0.1"));
    assertThat(addresses.reserved().getFirst())
        .isEqualTo(new Settings.Reserved("office-vpn", List.of(range("172.16.0.0/16"))));
  }

  @Test
  void theSmallSectionsAreRead() throws IOException {
    Settings settings = everyKey();

    assertThat(settings.isolation())
        .isEqualTo(
            new Settings.Isolation(
                Settings.Isolation.Baseline.OFF,
                Settings.Isolation.FirstPod.DENY,
                Settings.Isolation.WithinTier.DENY));
    assertThat(settings.audit()).isEqualTo(new Settings.Audit(true, false));
    assertThat(settings.dns())
        .isEqualTo(new Settings.Dns("dns", "coredns", Address.parse("fd00::53")));
    assertThat(settings.onTimeout()).isEqualTo(Settings.OnTimeout.DENY);
    assertThat(settings.grace()).isEqualTo(Duration.ofMinutes(90));
    assertThat(settings.suppressions()).isEqualTo(Settings.Suppressions.REFUSE);
    assertThat(settings.ingressControllers().getFirst().ingressClass()).isEqualTo("nginx");
    assertThat(settings.ingressControllers().getFirst().podSelector())
        .hasToString("app.kubernetes.io/name=ingress-nginx");
  }

  @ParameterizedTest
  @CsvSource({
    "0s, 0",
    "30s, 30",
    "5m, 300",
    "90m, 5400",
    "1h30m, 5400",
    "24h, 86400",
    "1h1s, 3601"
  })
  void timesHaveUnits(String text, long seconds) {
    assertThat(settings("grace: " + text).grace()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "\"off\"", "'off'", "!!str off"})
  void offNeedsNoQuotes(String off) {
    assertThat(settings("mode: " + off).mode()).contains(Mode.OFF);
  }

  @Test
  void anchorsAndMergeKeysMayBeUsed() {
    Settings settings =
        settings(
            """
            overrides:
            - &dev {namespaces: {names: [dev]}, mode: warn}
            - {<<: *dev, rules: [ingress-tls]}
            """);

    assertThat(settings.overrides().get(1).rules()).containsExactly("ingress-tls");
    assertThat(settings.overrides().get(1).namespaces().names()).containsExactly("dev");
  }

  @Test
  void noTextMakesItThrow() throws IOException {
    String whole = Files.readString(SAMPLES.resolve("every-key.yaml"));
    Random random = new Random(20261123);
    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder(whole);
      for (int i = 0; i < 3; i++) {
        int at = random.nextInt(text.length());
        text.replace(at, at + random.nextInt(4), "[]{}:- \n\"off1~".substring(random.nextInt(14)));
      }
      assertThat(SettingsReader.read(text.toString(), "x"))
          .isInstanceOfAny(Result.Valid.class, Result.Invalid.class);
    }
  }

  private static Settings everyKey() throws IOException {
    return settings(Files.readString(SAMPLES.resolve("every-key.yaml")));
  }

  private static AddressRange range(String text) {
    return AddressRange.tryParse(text).orElseThrow();
  }

  private static Settings settings(String text) {
    Result result = SettingsReader.read(text, "default");
    assertThat(result).isInstanceOf(Result.Valid.class);
    return ((Result.Valid) result).settings();
  }
}
