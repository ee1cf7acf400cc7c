package io.portcullis.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.portcullis.cluster.watch.LiveReader;
import io.portcullis.cluster.watch.RateCap;
import io.portcullis.finding.Evidence;
import io.portcullis.judge.Confirmation.Answer;
import io.portcullis.judge.Deadline;
import io.portcullis.kube.Kind;
import io.portcullis.kube.PortRef;
import io.portcullis.net.Labels;
import io.portcullis.net.Protocol;
import io.portcullis.net.Selector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One Service {@code web} and one pod {@code app=web} in the namespace {@code shop}. */
class LiveConfirmationTest {
  private static final Selector WEB = Selector.of(Labels.of("app", "web"));
  private static final Selector API = Selector.of(Labels.of("app", "api"));
  private static final String EMPTY_LIST =
      "{\"metadata\": {\"resourceVersion\": \"7\"}, \"items\": []}";

  private final Map<String, Integer> broken = new ConcurrentHashMap<>();
  private HttpServer server;
  private KubernetesClient client;
  private LiveConfirmation confirmation;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    Config config = new ConfigBuilder(Config.empty()).withMasterUrl(url).build();
    client = new KubernetesClientBuilder().withConfig(config).build();
    RateCap cap = new RateCap(1_000, 1_000, System::nanoTime);
    confirmation = new LiveConfirmation(new LiveReader(client, cap));
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  void whatIsThereIsThere() {
    assertThat(ask(present("web"))).isEqualTo(Answer.YES);
    assertThat(ask(present("api"))).isEqualTo(Answer.NO);
  }

  @Test
  void whatIsThereButDifferentNowIsNoEvidence() {
    assertThat(ask(new Evidence.Present(Kind.SERVICE, "shop", "web", _ -> false)))
        .isEqualTo(Answer.NO);
  }

  @Test
  void allOfAKindAreAskedTogether() {
    assertThat(ask(new Evidence.AllHold(Kind.NETWORK_POLICY, "shop", List::isEmpty)))
        .isEqualTo(Answer.YES);
    assertThat(ask(new Evidence.AllHold(Kind.NETWORK_POLICY, "shop", live -> live.size() == 1)))
        .isEqualTo(Answer.NO);
  }

  @Test
  void whatIsNotThereIsNotThere() {
    assertThat(ask(new Evidence.Absent(Kind.SERVICE, "shop", "api"))).isEqualTo(Answer.YES);
    assertThat(ask(new Evidence.Absent(Kind.SERVICE, "shop", "web"))).isEqualTo(Answer.NO);
  }

  @Test
  void podsAreAskedBySelector() {
    assertThat(ask(new Evidence.SomePodMatches("shop", WEB))).isEqualTo(Answer.YES);
    assertThat(ask(new Evidence.SomePodMatches("shop", API))).isEqualTo(Answer.NO);
    assertThat(ask(new Evidence.NothingMatches("shop", API, API))).isEqualTo(Answer.YES);
    assertThat(ask(new Evidence.NothingMatches("shop", WEB, WEB))).isEqualTo(Answer.NO);
  }

  @Test
  void aPodThatMayListenOnAnyPortRefutesThatNothingDeclaresIt() {
    assertThat(ask(nothingDeclaresHttp(API))).isEqualTo(Answer.YES);
    assertThat(ask(nothingDeclaresHttp(WEB))).isEqualTo(Answer.NO);
  }

  @Test
  void allOfItMustBeSo() {
    Evidence absent = new Evidence.Absent(Kind.SERVICE, "shop", "api");
    assertThat(ask(present("web"), absent)).isEqualTo(Answer.YES);
    assertThat(ask(present("api"), absent)).isEqualTo(Answer.NO);
  }

  @Test
  void whatCanNotBeReadIsUnknown() {
    broken.put("/api/v1/namespaces/shop/services/web", 500);

    assertThat(ask(present("web"))).isEqualTo(Answer.UNKNOWN);
    assertThat(ask(present("web"), present("api"))).isEqualTo(Answer.NO);
  }

  @Test
  void aQuestionThatBreaksIsUnknown() {
    Evidence breaks =
        new Evidence.Present(
            Kind.SERVICE,
            "shop",
            "web",
            _ -> {
              throw new IllegalStateException("a rule's own mistake");
            });

    assertThat(ask(breaks)).isEqualTo(Answer.UNKNOWN);
  }

  @Test
  void afterTheDeadlineNothingIsKnown() {
    assertThat(
            confirmation.confirm(
                List.of(present("web")), Deadline.in(Duration.ZERO, System::nanoTime)))
        .isEqualTo(Answer.UNKNOWN);
  }

  private static Evidence nothingDeclaresHttp(Selector pods) {
    return new Evidence.NothingDeclares(
        "shop", pods, Optional.of(pods), new PortRef.ByName("http"), Protocol.TCP);
  }

  private Answer ask(Evidence... evidence) {
    return confirmation.confirm(
        List.of(evidence), Deadline.in(Duration.ofSeconds(10), System::nanoTime));
  }

  private static Evidence present(String service) {
    return new Evidence.Present(Kind.SERVICE, "shop", service, _ -> true);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (broken.containsKey(path)) {
      send(exchange, broken.get(path), "{}");
    } else if (path.equals("/api/v1/namespaces/shop/services/web")) {
      send(exchange, 200, "{\"metadata\": {\"name\": \"web\", \"namespace\": \"shop\"}}");
    } else if (path.contains("/services/")) {
      send(exchange, 404, "{\"kind\": \"Status\", \"code\": 404}");
    } else if (path.endsWith("/pods") && exchange.getRequestURI().getQuery().contains("app=web")) {
      send(exchange, 200, EMPTY_LIST.replace("[]", "[{\"metadata\": {\"name\": \"web-1\"}}]"));
    } else {
      send(exchange, 200, EMPTY_LIST);
    }
  }

  private static void send(HttpExchange exchange, int code, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(code, bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
