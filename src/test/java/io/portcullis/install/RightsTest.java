package io.portcullis.install;

import static io.portcullis.install.Shipped.each;
import static io.portcullis.install.Shipped.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.portcullis.kube.Kind;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the gate's account may do. */
class RightsTest {
  private static final String FILE = "base/rbac.yaml";
  private static final Set<String> READING = Set.of("get", "list", "watch");

  @ParameterizedTest
  @EnumSource
  void eachKindThatIsReadMayBeReadEverywhere(Kind kind) {
    assertThat(rules("ClusterRole").filter(rule -> covers(rule, kind) && onlyReads(rule)))
        .isNotEmpty()
        .allSatisfy(rule -> assertThat(texts(rule.path("verbs"))).containsAll(READING));
  }

  @Test
  void ofTheConfigMapsOnlyThoseThatMatter() {
    assertThat(rules("ClusterRole").filter(rule -> covers(rule, Kind.CONFIG_MAP)))
        .singleElement()
        .satisfies(rule ->
            assertThat(texts(rule.path("resourceNames")))
                .containsExactly(
                    "portcullis", "coredns", "kubeadm-config", "kube-proxy", "kube-flannel-cfg"));
  }

  @Test
  void acrossNamespacesNothingIsChangedButTheOwnRegistration() {
    assertThat(rules("ClusterRole").filter(rule -> !onlyReads(rule)))
        .singleElement()
        .satisfies(rule -> {
          assertThat(texts(rule.path("apiGroups"))).containsExactly("admissionregistration.k8s.io");
          assertThat(texts(rule.path("resourceNames"))).containsExactly("portcullis");
          assertThat(texts(rule.path("verbs"))).doesNotContain("create", "update", "delete");
        });
  }

  @Test
  void secretsAreReadInTheOwnNamespaceAndByNameOnly() {
    assertThat(
            rules("ClusterRole").filter(rule -> texts(rule.path("resources")).contains("secrets")))
        .isEmpty();
    assertThat(rules("Role").filter(rule -> texts(rule.path("resources")).contains("secrets")))
        .filteredOn(rule -> !texts(rule.path("verbs")).equals(List.of("create")))
        .singleElement()
        .satisfies(rule ->
            assertThat(texts(rule.path("resourceNames"))).containsExactly("portcullis-tls"));
  }

  @Test
  void nothingIsGrantedWithAStar() {
    assertThat(Stream.concat(rules("ClusterRole"), rules("Role")))
        .allSatisfy(rule ->
            assertThat(
                    Stream.of("apiGroups", "resources", "verbs")
                        .flatMap(field -> texts(rule.path(field)).stream()))
                .isNotEmpty()
                .noneMatch(text -> text.contains("*")));
  }

  @Test
  void eachRoleIsBoundToTheOneAccount() {
    List<JsonNode> objects = Shipped.objects(FILE);
    assertThat(names(objects, "RoleBinding")).isEqualTo(names(objects, "Role"));
    assertThat(names(objects, "ClusterRoleBinding")).isEqualTo(names(objects, "ClusterRole"));
    assertThat(objects.stream().filter(each -> each.has("subjects")))
        .allSatisfy(binding -> {
          assertThat(binding.at("/roleRef/name")).isEqualTo(binding.at("/metadata/name"));
          assertThat(binding.path("subjects")).hasSize(1);
          assertThat(binding.at("/subjects/0/name").asText()).isEqualTo("portcullis");
          assertThat(binding.at("/subjects/0/namespace").asText()).isEqualTo("portcullis-system");
        });
  }

  private static Stream<JsonNode> rules(String kind) {
    return Shipped.objects(FILE).stream()
        .filter(each -> each.path("kind").asText().equals(kind))
        .flatMap(each -> each(each.path("rules")));
  }

  private static boolean covers(JsonNode rule, Kind kind) {
    return texts(rule.path("apiGroups")).contains(kind.group())
        && texts(rule.path("resources")).contains(kind.plural());
  }

  private static boolean onlyReads(JsonNode rule) {
    return READING.containsAll(texts(rule.path("verbs")));
  }

  private static List<String> names(List<JsonNode> objects, String kind) {
    return objects.stream()
        .filter(each -> each.path("kind").asText().equals(kind))
        .map(each -> each.at("/metadata/name").asText())
        .toList();
  }
}
