package io.portcullis.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.portcullis.audit.AuditLog;
import io.portcullis.audit.ReviewMeters;
import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Picture;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Operation;
import io.portcullis.judge.Confirmation;
import io.portcullis.judge.Judge;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.proof.Await;
import io.portcullis.proof.Proves;
import io.portcullis.proof.Table.Figure;
import io.portcullis.rules.Question;
import io.portcullis.rules.Rule;
import io.portcullis.rules.RuleBook;
import io.portcullis.rules.RuleInfo;
import io.portcullis.settings.Settings;
import io.portcullis.settings.Written;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Large bodies, slow clients, rules that hang and too much of everything, over HTTP: what is none
 * of theirs is judged all the same.
 */
class LoadTest {
  private static final int MEBI = 1024 * 1024;
  private static final int MOST = 4 * MEBI;
  private static final int ROOM = 16 * MEBI;

  private final CountDownLatch released = new CountDownLatch(1);
  private final ByteArrayOutputStream audited = new ByteArrayOutputStream();
  private final AuditLog log = new AuditLog(List.of(audited), complaint -> {});
  private final Room room = new Room(ROOM);
  private final Vertx vertx = Vertx.vertx();
  private volatile Settings settings = Settings.DEFAULT;
  private Desk desk;
  private HttpServer server;

  /** Hangs over what is called "hang", as an endless loop would; refuses what is called "wrong". */
  private final class TestRule implements Rule {
    @Override
    public RuleInfo info() {
      return new RuleInfo(
          "ingress-tls",
          "does what the name says",
          Set.of(Kind.INGRESS, Kind.POD),
          Set.of(Operation.CREATE),
          RuleInfo.View.THE_OBJECT);
    }

    @Override
    public List<Finding> judge(Question question) {
      String name = question.change().ref().name();
      while (name.equals("hang") && released.getCount() > 0) {
        try {
          released.await();
        } catch (InterruptedException e) {
          // Neither would a loop hear of it.
        }
      }
      return name.equals("wrong")
          ? List.of(
              Finding.violation(
                  "ingress-tls", question.change().ref(), FieldPath.of("spec"), "is wrong."))
          : List.of();
    }
  }

  @BeforeEach
  void open() throws Exception {
    Gate gate =
        new Gate(
            new Judge(new RuleBook(List.of(new TestRule()))),
            Picture.fixed(Cluster.EMPTY),
            () -> settings,
            Confirmation.THE_PICTURE,
            Clock.systemUTC());
    ReviewMeters meters = new ReviewMeters(new SimpleMeterRegistry());
    desk = new Desk(gate, new Books(log, meters, Clock.systemUTC()));
    server = behind(new Door(vertx, desk, MOST, room));
  }

  private HttpServer behind(Door door) throws Exception {
    Router router = Router.router(vertx);
    door.hang(router);
    return vertx
        .createHttpServer()
        .requestHandler(router)
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    released.countDown();
    desk.close();
    log.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  @Proves(line = 20, value = "the request's own timeout is honoured")
  void theRequestsOwnTimeoutIsHonouredAndWhatWasNotDecidedIsAudited(Figure figure) {
    List<String> took = new ArrayList<>();
    for (String timeout : List.of("500ms", "1s", "1.5s")) {
      Callers.Answer answer = callers().ask("?timeout=" + timeout, review("hang", 0));
      assertThat(answer.body())
          .contains("\"allowed\":true")
          .contains("[deadline] Ingress shop/hang");
      took.add("%s answered after %d ms".formatted(timeout, answer.millis()));
    }
    settings = Written.settings("onTimeout: deny", "7");
    assertThat(callers().ask("?timeout=500ms", review("hang", 0)).body())
        .contains("\"allowed\":false")
        .contains("could not be judged in time. Fix: try again.");
    log.close();
    assertThat(audited.toString(StandardCharsets.UTF_8).lines())
        .hasSize(4)
        .allSatisfy(line -> assertThat(line).contains("\"verdict\":\"error\"", "\"deadline\""));
    figure.is(String.join(", ", took));
  }

  @Test
  @Proves(line = 21, value = "objects of 3 MB do not slow the others")
  void largeObjectsAreJudgedAndDoNotSlowTheOthers(Figure figure) {
    byte[] large = review("wrong", 3 * MEBI);
    try (Callers heavy = callers().start(3, "?timeout=10s", large);
        Callers light = callers().start(2, "?timeout=10s", review("wrong", 0))) {
      heavy.await(30);
      light.await(200);
      heavy.stop();
      light.stop();
      assertThat(heavy.answers()).allSatisfy(LoadTest::isRefused);
      assertThat(light.answers()).allSatisfy(LoadTest::isRefused);
      figure.is("%d of 3 MB; beside them %s".formatted(heavy.answers().size(), light));
    }
    assertThat(room.left()).isEqualTo(ROOM);
  }

  @Test
  @Proves(line = 22, value = "slow clients do not slow the others")
  void slowClientsDoNotSlowTheOthersAndAreAnsweredToo(Figure figure) throws IOException {
    byte[] body = review("wrong", 0);
    List<Socket> slow = new ArrayList<>();
    try (Callers light = callers().start(2, "?timeout=10s", body)) {
      for (int number = 0; number < 300; number++) {
        slow.add(half(body));
      }
      light.await(300);
      light.stop();
      assertThat(light.answers()).allSatisfy(LoadTest::isRefused);
      for (Socket each : slow) {
        each.getOutputStream().write(body, body.length / 2, body.length - body.length / 2);
        assertThat(new String(each.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
            .isEqualTo("HTTP/1.1 200");
      }
      figure.is("%d clients in the middle of a body; beside them %s".formatted(slow.size(), light));
    } finally {
      for (Socket each : slow) {
        each.close();
      }
    }
  }

  @Test
  void whoTakesTooLongForItsBodyIsToldSoAndGivesItsRoomBack() throws Exception {
    server = behind(new Door(vertx, desk, MOST, room, Duration.ofSeconds(1)));
    byte[] body = review("wrong", 0);
    try (Socket slow = half(body)) {
      Await.that("half of a body is held", () -> room.left() < ROOM);
      isRefused(callers().ask("?timeout=10s", body));
      assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 408 ")
          .contains("the body did not come within 1 seconds");
    }
    assertThat(room.left()).isEqualTo(ROOM);
  }

  @Test
  void aBodyInManyPartsIsReadWhole() throws IOException {
    byte[] body = review("wrong", 200_000);
    try (Socket slow = half(body)) {
      for (int from = body.length / 2; from < body.length; from += 20_000) {
        slow.getOutputStream().write(body, from, Math.min(20_000, body.length - from));
        slow.getOutputStream().flush();
      }
      assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 200 ")
          .contains("[ingress-tls] Ingress shop/wrong, spec: is wrong.");
    }
  }

  @Test
  @Proves(line = 23, value = "a rule that hangs does not slow the others")
  void aRuleThatHangsDoesNotSlowTheOthers(Figure figure) {
    byte[] service = Reviews.bytes("create-service");
    try (Callers hanging = callers().start(40, "?timeout=1s", review("hang", 0));
        Callers light = callers().start(2, "?timeout=10s", service)) {
      hanging.await(100);
      light.await(200);
      hanging.stop();
      light.stop();
      assertThat(hanging.answers())
          .allSatisfy(answer ->
              assertThat(answer.body())
                  .contains("\"allowed\":true")
                  .containsAnyOf("[deadline]", "this rule broke and was passed over"));
      assertThat(light.answers())
          .allSatisfy(answer ->
              assertThat(answer.body()).contains("\"allowed\":true").doesNotContain("warnings"));
      figure.is(
          "%d asked it, all answered by onTimeout or without it; beside them %s"
              .formatted(hanging.answers().size(), light));
    }
  }

  @Test
  @Proves(line = 24, value = "beyond capacity it sheds by onTimeout and memory is bounded")
  void beyondCapacityItShedsByOnTimeoutAndMemoryIsBounded(Figure figure) {
    settings = Written.settings("onTimeout: deny", "7");
    try (Callers crowd = callers().start(60, "?timeout=2s", review("hang", 2 * MEBI))) {
      Await.that("there is no room for one more", () -> room.left() < 2 * MEBI);
      crowd.await(120);
      crowd.stop();
      assertThat(crowd.answers())
          .allSatisfy(answer ->
              assertThat(answer.body())
                  .containsAnyOf("[deadline]", "[overload]", "this rule broke and was passed over"))
          .anySatisfy(
              answer -> assertThat(answer.body()).contains("[overload]", "\"allowed\":false"));
      long shed =
          crowd.answers().stream().filter(answer -> answer.body().contains("[overload]")).count();
      figure.is(
          "%d of 2 MB from 60 clients into room for 16 MiB: %d shed at once, %d in their time"
              .formatted(crowd.answers().size(), shed, crowd.answers().size() - shed));
    }
    released.countDown();
    Await.that("all room is free again", () -> room.left() == ROOM);
    isRefused(callers().ask("?timeout=10s", review("wrong", 0)));
  }

  @Test
  void whatIsShedIsWrittenDown() {
    assertThat(room.take(ROOM)).isTrue();
    String answer = callers().ask("", review("wrong", MEBI)).body();
    assertThat(answer).contains("\"allowed\":true").contains("[overload] Ingress shop/wrong");
    room.give(ROOM);
    log.close();
    assertThat(audited.toString(StandardCharsets.UTF_8))
        .hasLineCount(1)
        .contains("\"verdict\":\"error\"", "\"rule\":\"overload\"", "\"name\":\"wrong\"");
  }

  @Test
  void whatIsShedAndTellsTooLateWhoItIsGets503() {
    assertThat(room.take(ROOM)).isTrue();
    byte[] body = ("{\"padding\":\"" + "x".repeat(MEBI) + "\"}").getBytes(StandardCharsets.UTF_8);
    assertThat(callers().ask("", body).status()).isEqualTo(503);
  }

  @Test
  void ofOneDenialThatBothEntriesAskAboutThereIsOneRecord() {
    byte[] pod =
        Reviews.text("create-pod")
            .replace("\"generateName\":\"web-7d4b9c6f5d-\"", "\"name\":\"wrong\"")
            .getBytes(StandardCharsets.UTF_8);
    for (String entry : List.of("/guard", "", "", "/guard")) {
      assertThat(callers().ask(entry, pod).body()).contains("\"allowed\":false");
    }
    desk.close();
    log.close();
    assertThat(audited.toString(StandardCharsets.UTF_8).lines())
        .as("two denials")
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("\"verdict\":\"deny\""));
  }

  private static void isRefused(Callers.Answer answer) {
    assertThat(answer.body())
        .contains("\"allowed\":false")
        .contains("[ingress-tls] Ingress shop/wrong, spec: is wrong.");
  }

  /** A connection on which half of a request was sent. */
  private Socket half(byte[] body) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
    socket.setSoTimeout(30_000);
    String head =
        """
        POST /validate?timeout=30s HTTP/1.1\r
        Host: localhost\r
        Connection: close\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        """
            .formatted(body.length);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(body, 0, body.length / 2);
    return socket;
  }

  private Callers callers() {
    return new Callers("http://127.0.0.1:" + server.actualPort() + "/validate");
  }

  private static byte[] review(String name, int padding) {
    return Reviews.text("create-ingress")
        .replace("\"name\":\"web\"", "\"name\":\"" + name + "\"")
        .replace("\"object\":{", "\"object\":{\"padding\":\"" + "x".repeat(padding) + "\",")
        .getBytes(StandardCharsets.UTF_8);
  }
}
