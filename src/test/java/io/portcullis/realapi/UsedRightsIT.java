package io.portcullis.realapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.yaml.snakeyaml.Yaml;

/**
 * What the shipped roles grant against what the gate's account asked for, by the API server's audit
 * log of the whole ring: classes run in the order of their names, and this is the last.
 */
@ExtendWith(RealApi.class)
class UsedRightsIT {
  private static final String ACCOUNT = "system:serviceaccount:portcullis-system:portcullis";
  private static final String NAMESPACE = "portcullis-system";
  private static final Path ROLES = Path.of("k8s/base/rbac.yaml");
  private static final Path UNUSED = Path.of("src/test/resources/realapi/unused-rights.txt");
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One thing that may be done.
   *
   * @param namespace empty: in all of them
   * @param name empty: to all of them
   */
  private record Right(String verb, String resource, String namespace, String name) {
    boolean covers(Right used) {
      return verb.equals(used.verb())
          && resource.equals(used.resource())
          && (namespace.isEmpty() || namespace.equals(used.namespace()))
          && (name.isEmpty() || name.equals(used.name()));
    }

    @Override
    public String toString() {
      return verb + " " + resource + (name.isEmpty() ? "" : "/" + name);
    }
  }

  @Test
  void whatWasAskedForIsGranted(Plane plane) {
    List<Right> granted = granted();
    Set<Right> used = used(plane);
    assertThat(used).hasSizeGreaterThan(15);
    assertThat(used)
        .as("asked for by the gate and not granted by " + ROLES)
        .allSatisfy(right -> assertThat(granted).anyMatch(each -> each.covers(right)));
  }

  @Test
  void whatIsGrantedIsUsedOrExplained(Plane plane) throws IOException {
    Set<Right> used = used(plane);
    Assumptions.assumeTrue(
        used.stream().anyMatch(right -> right.toString().startsWith("update /secrets")),
        "only after the whole ring: the gate has not kept a certificate of its own");
    List<Pattern> explained = explained();
    assertThat(granted())
        .as("granted, but neither used nor explained in " + UNUSED)
        .filteredOn(right -> used.stream().noneMatch(right::covers))
        .allSatisfy(right ->
            assertThat(explained).anyMatch(each -> each.matcher(right.toString()).matches()));
  }

  /** Whatever became of it: a request that was refused was made all the same. */
  private static Set<Right> used(Plane plane) {
    return plane
        .events()
        .filter(event -> event.at("/user/username").asText().equals(ACCOUNT))
        .filter(event -> event.has("objectRef"))
        .map(event ->
            new Right(
                event.path("verb").asText(),
                resource(event.path("objectRef")),
                event.at("/objectRef/namespace").asText(),
                // A name that an object is given while it is made is nothing that a role sees.
                event.path("verb").asText().equals("create")
                    ? ""
                    : event.at("/objectRef/name").asText()))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String resource(JsonNode object) {
    String subresource = object.path("subresource").asText();
    return object.path("apiGroup").asText()
        + "/"
        + object.path("resource").asText()
        + (subresource.isEmpty() ? "" : "/" + subresource);
  }

  private static List<Right> granted() {
    try {
      return StreamSupport.stream(new Yaml().loadAll(Files.readString(ROLES)).spliterator(), false)
          .map(object -> JSON.<JsonNode>valueToTree(object))
          .flatMap(role ->
              each(role.path("rules"))
                  .flatMap(rule ->
                      rights(rule, role.path("kind").asText().equals("Role") ? NAMESPACE : "")))
          .toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Stream<Right> rights(JsonNode rule, String namespace) {
    List<String> names =
        rule.has("resourceNames")
            ? each(rule.path("resourceNames")).map(JsonNode::asText).toList()
            : List.of("");
    return each(rule.path("verbs"))
        .flatMap(verb ->
            each(rule.path("apiGroups"))
                .flatMap(group ->
                    each(rule.path("resources"))
                        .flatMap(resource ->
                            names.stream()
                                .map(name ->
                                    new Right(
                                        verb.asText(),
                                        group.asText() + "/" + resource.asText(),
                                        namespace,
                                        name)))));
  }

  private static List<Pattern> explained() throws IOException {
    return Files.readAllLines(UNUSED).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> Pattern.compile("\\Q" + line.strip().replace("*", "\\E.*\\Q") + "\\E"))
        .toList();
  }

  private static Stream<JsonNode> each(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
