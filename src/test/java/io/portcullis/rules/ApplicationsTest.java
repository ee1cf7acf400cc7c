package io.portcullis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Delta;
import io.portcullis.cluster.manifests.Manifest;
import io.portcullis.cluster.manifests.Manifests;
import io.portcullis.cluster.manifests.Surroundings;
import io.portcullis.finding.Change;
import io.portcullis.finding.Judged;
import io.portcullis.finding.Mode;
import io.portcullis.finding.ObjectRef;
import io.portcullis.judge.Confirmation;
import io.portcullis.judge.Deadline;
import io.portcullis.judge.Judge;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.reach.Reach;
import io.portcullis.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What teams apply first is never refused, in whatever order it comes; {@code check} says no more
 * about it than stands beside it. {@code -Dportcullis.samples.write=true} writes that down: read
 * the diff.
 */
class ApplicationsTest {
  private static final Path APPLICATIONS = Path.of("src/test/resources/applications");
  private static final boolean WRITE = Boolean.getBoolean("portcullis.samples.write");
  private static final LocalDate TODAY = LocalDate.of(2026, 1, 15);
  private static final Judge JUDGE = new Judge(RuleBook.standard());
  private static final int SHUFFLES = 25;

  @TestFactory
  Stream<DynamicTest> eachIsRightAsAWhole() throws IOException {
    return applications().stream()
        .map(file -> DynamicTest.dynamicTest(name(file), () -> checkWhole(file)));
  }

  @TestFactory
  Stream<DynamicTest> eachIsLetInInWhateverOrderItComes() throws IOException {
    return applications().stream()
        .map(file ->
            DynamicTest.dynamicTest(
                name(file), () -> orders(objects(file)).forEach(ApplicationsTest::checkOrder)));
  }

  @Test
  void allAreLetInOneAfterTheOther() throws IOException {
    List<KubeObject> all = new ArrayList<>();
    for (Path file : applications()) {
      all.addAll(objects(file));
    }
    List<KubeObject> latest =
        all.stream().filter(object -> !object.namespace().equals("monitoring")).toList();
    orders(latest).limit(5).forEach(ApplicationsTest::checkOrder);
  }

  @Test
  void eachExpectationHasItsApplication() throws IOException {
    assertThat(files(".findings").stream().map(ApplicationsTest::name))
        .isEqualTo(applications().stream().map(ApplicationsTest::name).toList());
  }

  private static void checkWhole(Path file) throws IOException {
    List<KubeObject> objects = objects(file);
    Reach picture = Reach.of(Surroundings.around(objects));
    List<Judged> findings =
        objects.stream()
            .map(object ->
                JUDGE.judgeWhole(
                    Change.creation(object),
                    picture,
                    Settings.DEFAULT,
                    Confirmation.THE_PICTURE,
                    TODAY))
            .flatMap(judgement -> judgement.findings().stream())
            .toList();
    String told =
        findings.stream().map(Sample::line).map(line -> line + "\n").reduce("", String::concat);
    Path expectation = file.resolveSibling(name(file) + ".findings");
    if (WRITE) {
      Files.writeString(expectation, told);
    }
    assertThat(told).isEqualTo(Files.readString(expectation));
    assertThat(findings).extracting(Judged::mode).doesNotContain(Mode.DENY);
  }

  /** As the gate sees them come, one by one. */
  private static void checkOrder(List<KubeObject> order) {
    Cluster picture = Surroundings.around(List.of());
    for (KubeObject object : order) {
      List<Judged> findings =
          JUDGE
              .judge(
                  Change.creation(object),
                  picture,
                  Settings.DEFAULT,
                  Confirmation.THE_PICTURE,
                  Deadline.in(Duration.ofMinutes(1), System::nanoTime),
                  TODAY)
              .findings();
      assertThat(findings)
          .as("%s after %d others", ObjectRef.of(object), order.indexOf(object))
          .filteredOn(judged -> judged.mode() == Mode.DENY)
          .isEmpty();
      picture = picture.apply(Delta.between(Optional.empty(), Optional.of(object)));
    }
  }

  /** Namespaces come first in each: an API server takes nothing that is in none. */
  private static Stream<List<KubeObject>> orders(List<KubeObject> objects) {
    List<KubeObject> sorted = new ArrayList<>(objects);
    sorted.sort(Comparator.comparing(object -> ObjectRef.of(object).id()));
    Random random = new Random(11);
    return Stream.concat(
            Stream.of(objects, objects.reversed(), sorted, sorted.reversed()),
            Stream.generate(() -> shuffled(sorted, random)).limit(SHUFFLES))
        .map(order ->
            order.stream()
                .sorted(Comparator.comparing(object -> object.kind() != Kind.NAMESPACE))
                .toList());
  }

  private static List<KubeObject> shuffled(List<KubeObject> objects, Random random) {
    List<KubeObject> shuffled = new ArrayList<>(objects);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private static List<KubeObject> objects(Path file) {
    Manifests read =
        Manifests.read(List.of(file.toString()), "default", InputStream.nullInputStream());
    assertThat(read.problems()).isEmpty();
    return read.manifests().stream().map(Manifest::object).toList();
  }

  private static List<Path> applications() throws IOException {
    return files(".yaml");
  }

  private static List<Path> files(String ending) throws IOException {
    try (Stream<Path> files = Files.list(APPLICATIONS)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString().replaceFirst("\\.[a-z]+$", "");
  }
}
