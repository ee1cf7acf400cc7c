package io.portcullis.realapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What teams apply first is stored by a real API server, whatever comes first. Custom resources are
 * left out: their kinds are not served, and the gate asks for none of them.
 */
@ExtendWith(RealApi.class)
class ApplicationsIT {
  private static final Path APPLICATIONS = Path.of("src/test/resources/applications");
  private static final Set<String> SERVED =
      Set.of(
          "v1",
          "apps/v1",
          "batch/v1",
          "networking.k8s.io/v1",
          "policy/v1",
          "discovery.k8s.io/v1",
          "admissionregistration.k8s.io/v1");

  static Stream<Path> applications() throws IOException {
    try (Stream<Path> files = Files.list(APPLICATIONS)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("applications")
  void anApplicationIsLetInWhicheverEndItBeginsWith(Path file, Plane plane) throws IOException {
    List<GenericKubernetesResource> sorted =
        documents(file).sorted(Comparator.comparing(ApplicationsIT::name)).toList();
    String namespaces =
        yaml(sorted.stream().filter(each -> each.getKind().equals("Namespace")).toList());
    List<GenericKubernetesResource> rest =
        sorted.stream().filter(each -> !each.getKind().equals("Namespace")).toList();
    if (!namespaces.isEmpty()) {
      plane.apply(namespaces);
    }
    applyAndDelete(plane, rest);
    applyAndDelete(plane, rest.reversed());
  }

  private static void applyAndDelete(Plane plane, List<GenericKubernetesResource> objects) {
    Shell.Result applied = plane.kubectlWith(yaml(objects), "apply", "-f", "-");
    plane.kubectlWith(
        yaml(objects), "delete", "--ignore-not-found", "--force", "--wait=false", "-f", "-");
    assertThat(applied.output()).doesNotContain("denied the request").doesNotContain("rror");
    assertThat(applied.exit()).isZero();
  }

  private static Stream<GenericKubernetesResource> documents(Path file) throws IOException {
    return Stream.of(Files.readString(file).split("(?m)^---$", -1))
        .map(text -> Serialization.unmarshal(text, GenericKubernetesResource.class))
        .filter(each -> SERVED.contains(each.getApiVersion()));
  }

  private static String name(GenericKubernetesResource object) {
    return object.getKind() + "/" + object.getMetadata().getName();
  }

  private static String yaml(List<GenericKubernetesResource> objects) {
    return objects.stream().map(Serialization::asYaml).collect(Collectors.joining("---\n"));
  }
}
