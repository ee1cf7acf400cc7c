package io.portcullis.install;

import static io.portcullis.install.Shipped.each;
import static io.portcullis.install.Shipped.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.portcullis.kube.Kind;
import io.portcullis.settings.Settings;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the API server is told to ask about. */
class RegistrationTest {
  private static final String FILE = "base/webhooks.yaml";

  /** These look at what lies in exempt namespaces, or at what lies in none, by name. */
  private static final List<String> WITHOUT_EXEMPTIONS =
      List.of("cluster.portcullis.io", "settings.portcullis.io");

  @Test
  void theEntriesAreThoseThatDashboardsKnow() {
    assertThat(entries())
        .extracting(entry -> entry.path("name").asText())
        .containsExactly(
            "mutate.portcullis.io",
            "validate.portcullis.io",
            "guard.portcullis.io",
            "guard-namespace.portcullis.io",
            "cluster.portcullis.io",
            "settings.portcullis.io");
  }

  @Test
  void onlyGuardHasAPathOfItsOwn() {
    assertThat(entries())
        .extracting(entry -> entry.at("/clientConfig/service/path").asText())
        .containsExactly(
            "/mutate", "/validate", "/validate/guard", "/validate", "/validate", "/validate");
  }

  @Test
  void whatGuardIsAskedValidateIsAskedToo() {
    assertThat(each(entry("validate.portcullis.io").path("rules")))
        .containsAll(each(entry("guard.portcullis.io").path("rules")).toList());
  }

  @Test
  void theExemptNamespacesAreThoseOfTheSettings() {
    assertThat(entries().filter(entry -> !isWithoutExemptions(entry)))
        .hasSize(4)
        .allSatisfy(entry ->
            assertThat(namesNotIn(entry))
                .containsExactlyElementsOf(Settings.DEFAULT.namespaces().exempt()));
  }

  @Test
  void aDeadGateStopsNothingAndASlowOneNotForLong() {
    assertThat(entries())
        .allSatisfy(entry -> {
          assertThat(entry.path("failurePolicy").asText()).isEqualTo("Ignore");
          assertThat(entry.path("timeoutSeconds").asInt()).isBetween(1, 2);
          assertThat(entry.path("sideEffects").asText()).isEqualTo("None");
        });
  }

  @Test
  void noCertificateAndNoOwnerStandInTheFile() {
    assertThat(Shipped.objects(FILE))
        .allSatisfy(each -> assertThat(each.path("metadata").has("ownerReferences")).isFalse());
    assertThat(entries())
        .allSatisfy(entry -> assertThat(entry.path("clientConfig").has("caBundle")).isFalse());
  }

  @Test
  void whatKeepsAClusterAliveIsNeverRegistered() {
    assertThat(rules())
        .allSatisfy(rule ->
            assertThat(texts(rule.path("resources")))
                .doesNotContain("*", "*/*", "leases", "events", "endpointslices", "nodes"));
    assertThat(rules().filter(rule -> texts(rule.path("resources")).contains("pods")))
        .hasSize(3)
        .allSatisfy(
            rule -> assertThat(texts(rule.path("operations"))).doesNotContain("DELETE", "*"));
  }

  @Test
  void everythingThatIsAskedAboutCanBeRead() {
    assertThat(rules())
        .allSatisfy(rule ->
            assertThat(texts(rule.path("resources")))
                .allMatch(resource -> isRead(texts(rule.path("apiGroups")), resource)));
  }

  private static boolean isRead(List<String> groups, String resource) {
    return Stream.of(Kind.values())
        .anyMatch(kind ->
            groups.equals(List.of(kind.group()))
                && resource.replaceFirst("/.*", "").equals(kind.plural()));
  }

  @Test
  void theServiceThatIsCalledIsTheOneThatIsInstalled() {
    JsonNode service = Shipped.object("base/service.yaml", "Service");
    assertThat(entries())
        .allSatisfy(entry -> {
          JsonNode called = entry.path("clientConfig").path("service");
          assertThat(called.path("name")).isEqualTo(service.at("/metadata/name"));
          assertThat(called.path("namespace")).isEqualTo(service.at("/metadata/namespace"));
          assertThat(called.path("port").asInt(443))
              .isEqualTo(service.at("/spec/ports/0/port").asInt());
        });
  }

  private static Stream<JsonNode> entries() {
    return Shipped.objects(FILE).stream().flatMap(each -> each(each.path("webhooks")));
  }

  private static Stream<JsonNode> rules() {
    return entries().flatMap(entry -> each(entry.path("rules")));
  }

  private static JsonNode entry(String name) {
    return entries()
        .filter(entry -> entry.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isWithoutExemptions(JsonNode entry) {
    return WITHOUT_EXEMPTIONS.contains(entry.path("name").asText());
  }

  private static List<String> namesNotIn(JsonNode entry) {
    return each(entry.at("/namespaceSelector/matchExpressions"))
        .filter(each -> each.path("key").asText().equals("kubernetes.io/metadata.name"))
        .filter(each -> each.path("operator").asText().equals("NotIn"))
        .flatMap(each -> texts(each.path("values")).stream())
        .toList();
  }
}
