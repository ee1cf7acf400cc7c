package io.portcullis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The rooms and the arrows between them. An arrow points up the list only: a room may use those
 * above it, less what its line excludes. Think hard before changing this list: it is the shape of
 * the house.
 */
class ArchitectureTest {
  private static final String ROOT = "io.portcullis.";

  /** From top to bottom. */
  private static final List<String> ROOMS =
      List.of(
          "net",
          "text",
          "kube",
          "finding",
          "cluster",
          "reach",
          "settings",
          "rules",
          "judge",
          "audit",
          "admission",
          "leader",
          "scan",
          "isolate",
          "tls",
          "console",
          "cli");

  /** Rooms whose line names all that they may use, instead of everything above. */
  private static final Map<String, List<String>> ONLY =
      Map.of(
          "net", List.of(),
          "text", List.of(),
          "kube", List.of("net"),
          "finding", List.of("net", "kube"),
          "cluster", List.of("net", "kube"),
          "reach", List.of("cluster", "kube", "net"),
          "settings", List.of("finding", "kube", "net", "text"),
          "leader", List.of(),
          "tls", List.of());

  private static final List<String> PURE =
      List.of("net", "text", "kube", "finding", "reach", "settings", "rules", "judge");

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("io.portcullis");

  @Test
  void eachPackageIsInARoom() {
    assertThat(OURS.getPackage("io.portcullis").getSubpackages())
        .extracting(JavaPackage::getRelativeName)
        .isSubsetOf(ROOMS);
  }

  @Test
  void eachPackageHasADoorWithNoNulls() {
    assertThat(OURS.getPackage("io.portcullis").getSubpackagesInTree())
        .filteredOn(each -> !each.getClasses().isEmpty())
        .allSatisfy(each ->
            assertThat(each.tryGetAnnotationOfType("org.jspecify.annotations.NullMarked"))
                .as("@NullMarked on %s", each.getName())
                .isPresent());
  }

  @TestFactory
  Stream<DynamicTest> eachRoomUsesOnlyWhatItMay() {
    return ROOMS.stream().map(room -> DynamicTest.dynamicTest(room, () -> checkArrowsOf(room)));
  }

  private static void checkArrowsOf(String room) {
    List<String> allowed =
        new ArrayList<>(ONLY.getOrDefault(room, ROOMS.subList(0, ROOMS.indexOf(room))));
    allowed.add(room);
    String[] forbidden =
        ROOMS.stream()
            .filter(other -> !allowed.contains(other))
            .map(ArchitectureTest::in)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(in(room))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .allowEmptyShould(true)
        .check(OURS);
  }

  @Test
  void thePureRoomsKnowNoFrameworkAndNoClient() {
    noClasses()
        .that()
        .resideInAnyPackage(inAll(PURE))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.quarkus..",
            "io.vertx..",
            "io.fabric8..",
            "io.micrometer..",
            "jakarta..",
            "picocli..",
            "java.net.http..")
        .check(OURS);
  }

  @Test
  void onlyTheLivePictureAndTheEdgesKnowTheClient() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            in("cluster.watch"),
            in("audit"),
            in("leader"),
            in("scan"),
            in("isolate"),
            in("tls"),
            in("cli"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.fabric8..")
        .check(OURS);
  }

  @Test
  void jacksonIsKnownToTheReadersAndTheEdges() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            in("kube.read"),
            in("cluster.watch"),
            in("admission"),
            in("audit"),
            in("scan"),
            in("cli"),
            in("console"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml..")
        .check(OURS);
  }

  @Test
  void rulesAskNoClockAndDoNoInput() {
    noClasses()
        .that()
        .resideInAnyPackage(in("rules"), in("reach"), in("net"), in("text"), in("finding"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.io..", "java.nio.file..", "java.util.concurrent..")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(OURS);
  }

  @Test
  void rulesAreFinal() {
    classes()
        .that()
        .implement(ROOT + "rules.Rule")
        .and()
        .areNotInterfaces()
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(OURS);
  }

  private static String in(String room) {
    return ROOT + room + "..";
  }

  private static String[] inAll(List<String> rooms) {
    return rooms.stream().map(ArchitectureTest::in).toArray(String[]::new);
  }
}
