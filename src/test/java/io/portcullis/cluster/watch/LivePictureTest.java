package io.portcullis.cluster.watch;

import static io.portcullis.cluster.watch.Fixtures.LONG;
import static io.portcullis.cluster.watch.Fixtures.ONE_MAP;
import static io.portcullis.cluster.watch.Fixtures.PODS;
import static io.portcullis.cluster.watch.Fixtures.finished;
import static io.portcullis.cluster.watch.Fixtures.map;
import static io.portcullis.cluster.watch.Fixtures.namespace;
import static io.portcullis.cluster.watch.Fixtures.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.portcullis.cluster.World;
import io.portcullis.cluster.watch.ScriptedApiServer.Fault;
import io.portcullis.kube.Kind;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import io.portcullis.proof.Await;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LivePictureTest {
  private static final Source NAMESPACES = Fixtures.of(Kind.NAMESPACE);

  private final ScriptedApiServer server = new ScriptedApiServer();
  private final KubernetesClient client = Fixtures.client(server.url());

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void aStreamedListBecomesTheWatch() throws Exception {
    server.put(pod("a", "web"));
    server.put(pod("b", "web"));

    try (LivePicture picture = ready(PODS)) {
      assertThat(pods(picture)).isEqualTo(2);

      server.delete(World.Id.of(pod("a", "web")));
      reaches(picture, Kind.POD);
      assertThat(pods(picture)).isEqualTo(1);
    }
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void whereListsAreNotStreamedTheyComeInPages() throws Exception {
    server.streamsLists(false);
    IntStream.range(0, 7).forEach(i -> server.put(pod("pod-" + i, "web")));

    try (LivePicture picture = ready(PODS)) {
      assertThat(pods(picture)).isEqualTo(7);
      assertThat(server.requests()).filteredOn(each -> each.contains("limit=500")).hasSize(4);

      server.put(pod("late", "web"));
      reaches(picture, Kind.POD);
      assertThat(pods(picture)).isEqualTo(8);
    }
  }

  @Test
  void aWatchThatBreaksGoesOnWhereItWas() throws Exception {
    server.put(pod("a", "web"));
    try (LivePicture picture = ready(PODS)) {
      server.cut();
      server.put(pod("b", "web"));
      server.delete(World.Id.of(pod("a", "web")));

      reaches(picture, Kind.POD);
      assertThat(pods(picture)).isEqualTo(1);
    }
    assertThat(server.requests()).filteredOn(each -> each.contains("sendInitial")).hasSize(1);
  }

  @Test
  void whatWentWhileTheServerForgotIsFoundByListing() throws Exception {
    server.put(pod("a", "web"));
    server.put(pod("b", "web"));
    server.put(namespace("shop"));
    server.put(namespace("bank"));
    try (LivePicture picture = ready(PODS, NAMESPACES)) {
      server.stop();
      server.delete(World.Id.of(pod("a", "web")));
      server.delete(World.Id.of(namespace("bank")));
      server.put(pod("c", "web"));
      server.put(namespace("lab"));
      server.forget();
      server.restart();

      reaches(picture, Kind.NAMESPACE);
      reaches(picture, Kind.POD);
      assertThat(pods(picture)).isEqualTo(2);
      assertThat(picture.now().namespaceObjects())
          .extracting(each -> each.name())
          .containsExactlyInAnyOrder("shop", "lab");
    }
  }

  @Test
  void aWatchThatEndsWithAnErrorStartsOver() throws Exception {
    server.put(pod("a", "web"));
    try (LivePicture picture = ready(PODS)) {
      server.expireWatches();
      server.put(pod("b", "web"));

      reaches(picture, Kind.POD);
      assertThat(pods(picture)).isEqualTo(2);
    }
  }

  @Test
  void aPageTokenThatExpiresStartsTheListOver() throws Exception {
    server.streamsLists(false);
    IntStream.range(0, 5).forEach(i -> server.put(pod("pod-" + i, "web")));
    server.expireTokens(2);

    try (LivePicture picture = ready(PODS)) {
      assertThat(pods(picture)).isEqualTo(5);
    }
    assertThat(server.requests())
        .filteredOn(each -> each.contains("continue"))
        .hasSizeGreaterThan(2);
  }

  @Test
  void aPodThatFinishesGoes() throws Exception {
    server.put(pod("a", "web"));
    try (LivePicture picture = ready(PODS)) {
      server.put(finished(pod("a", "web")));

      reaches(picture, Kind.POD);
      assertThat(picture.now().in("shop").podGroups()).isEmpty();
    }
  }

  @Test
  void aPodThatIsRelabelledChangesItsGroup() throws Exception {
    server.put(pod("a", "web"));
    try (LivePicture picture = ready(PODS)) {
      server.put(pod("a", "api"));

      reaches(picture, Kind.POD);
      assertThat(pods(picture)).isZero();
      assertThat(picture.now().in("shop").values("app")).containsExactly("api");
    }
  }

  @Test
  void onlyTheConfigMapThatMattersIsRead() throws Exception {
    server.put(map("a", "one"));
    server.put(map("secret-plans", "none of our business"));
    try (LivePicture picture = ready(ONE_MAP)) {
      server.put(map("a", "two"));
      reaches(picture, Kind.CONFIG_MAP);

      assertThat(picture.now().in("shop").all(Kind.CONFIG_MAP)).hasSize(1);
      assertThat(picture.now().in("shop").configMap("a").orElseThrow().text("text"))
          .contains("two");
    }
  }

  @Test
  void aKindThatIsNotServedIsNotWaitedForAndPickedUpWhenItIs() throws Exception {
    server.unserved(Kind.NAMESPACE, true);
    server.put(namespace("shop"));
    try (LivePicture picture = ready(PODS, NAMESPACES)) {
      assertThat(picture.now().namespaceObjects()).isEmpty();

      server.unserved(Kind.NAMESPACE, false);
      reaches(picture, Kind.NAMESPACE);
      assertThat(picture.now().namespaceObjects()).hasSize(1);
    }
  }

  @Test
  void aKindThatWasListedAndIsNotKnownAnyMoreKeepsWhatWasListed() throws Exception {
    server.put(namespace("shop"));
    try (LivePicture picture = ready(NAMESPACES)) {
      server.unserved(Kind.NAMESPACE, true);
      server.cut();
      int asked = server.requests().size();
      Await.that("it asks again", () -> server.requests().size() > asked + 1);

      assertThat(picture.waitingFor()).isEmpty();
      assertThat(picture.now().namespaceObjects()).hasSize(1);
    }
  }

  @Test
  void aKindThatIsForbiddenIsWaitedForByName() throws Exception {
    server.forbidden(Kind.NAMESPACE, true);
    try (LivePicture picture = started(PODS, NAMESPACES)) {
      Await.that("pods are listed", () -> picture.waitingFor().size() == 1);
      Await.that(
          "it says what is forbidden",
          () -> picture.waitingFor().getFirst().startsWith("namespaces (forbidden"));

      server.forbidden(Kind.NAMESPACE, false);
      assertThat(picture.awaitReady(LONG)).isTrue();
      assertThat(picture.waitingFor()).isEmpty();
    }
  }

  @Test
  void aServerThatIsNotThereAtFirstIsWaitedFor() throws Exception {
    server.put(pod("a", "web"));
    server.stop();
    try (LivePicture picture = started(PODS)) {
      Await.that(
          "it says why it waits",
          () -> picture.waitingFor().getFirst().matches("pods \\(.*[Rr]efused.*\\)"));
      assertThat(picture.now().namespaces()).isEmpty();

      server.restart();
      assertThat(picture.awaitReady(LONG)).isTrue();
      assertThat(pods(picture)).isEqualTo(1);
    }
  }

  @Test
  void aPictureThatIsReadyStaysSoWhileTheServerIsAway() throws Exception {
    server.put(pod("a", "web"));
    try (LivePicture picture = ready(PODS)) {
      server.stop();

      assertThat(picture.waitingFor()).isEmpty();
      assertThat(pods(picture)).isEqualTo(1);
    }
  }

  @Test
  void aWatchThatGoesSilentIsOpenedAgain() throws Exception {
    try (LivePicture picture = ready(PODS)) {
      assertThat(picture.waitingFor()).isEmpty();
      Await.that("it asks again", () -> server.requests().size() > 2);

      server.put(pod("a", "web"));
      reaches(picture, Kind.POD);
      assertThat(pods(picture)).isEqualTo(1);
    }
    assertThat(server.requests()).filteredOn(each -> each.contains("sendInitial")).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void whateverGoesWrongWithAnAnswerTheNextOneIsRight(Fault fault) throws Exception {
    IntStream.range(0, 5).forEach(i -> server.put(pod("pod-" + i, "web")));
    IntStream.range(0, 4).forEach(_ -> server.fail(fault));

    try (LivePicture picture = ready(PODS)) {
      assertThat(pods(picture)).isEqualTo(5);
      IntStream.range(0, 4).forEach(_ -> server.fail(fault));
      server.delete(World.Id.of(pod("pod-0", "web")));
      server.cut();
      server.put(pod("late", "api"));

      reaches(picture, Kind.POD);
      assertThat(pods(picture)).isEqualTo(4);
    }
  }

  @Test
  void aPictureThatIsClosedAsksForNothingMore() throws Exception {
    LivePicture picture = ready(PODS);
    picture.close();
    int asked = server.requests().size();

    server.put(pod("a", "web"));
    server.cut();

    assertThat(picture.now().namespaces()).isEmpty();
    assertThat(server.requests()).hasSize(asked);
  }

  private LivePicture started(Source... sources) {
    LivePicture picture = new LivePicture(client, Fixtures.QUICK, List.of(sources));
    picture.start();
    return picture;
  }

  private LivePicture ready(Source... sources) throws InterruptedException {
    LivePicture picture = started(sources);
    assertThat(picture.awaitReady(LONG)).as("ready, waiting for %s", picture.waitingFor()).isTrue();
    return picture;
  }

  /** Waits until the picture shows the last change of the kind. */
  private void reaches(LivePicture picture, Kind kind) {
    long wanted = server.version(kind);
    Await.that(kind + " reaches " + wanted, () -> picture.version(kind) >= wanted);
  }

  private static int pods(LivePicture picture) {
    return picture.now().in("shop").countMatching(Selector.of(Labels.of("app", "web")));
  }
}
