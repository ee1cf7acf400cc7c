package io.portcullis.cluster.watch;

import static io.portcullis.cluster.watch.Fixtures.finished;
import static io.portcullis.cluster.watch.Fixtures.map;
import static io.portcullis.cluster.watch.Fixtures.namespace;
import static io.portcullis.cluster.watch.Fixtures.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.portcullis.cluster.World;
import io.portcullis.cluster.watch.ScriptedApiServer.Fault;
import io.portcullis.kube.Kind;
import io.portcullis.kube.Meta;
import io.portcullis.kube.PodSpec;
import io.portcullis.kube.PodTemplate;
import io.portcullis.kube.Workload;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LiveReaderTest {
  private static final Selector WEB = Selector.of(Labels.of("app", "web"));

  private final ScriptedApiServer server = new ScriptedApiServer();
  private final KubernetesClient client = Fixtures.client(server.url());
  private final LiveReader reader =
      new LiveReader(client, new RateCap(1_000, 1_000, System::nanoTime));

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void anObjectIsReadAsItIsNow() throws Exception {
    server.put(map("a", "one"));
    assertThat(reader.get(Kind.CONFIG_MAP, "shop", "a", soon())).isPresent();

    server.delete(World.Id.of(map("a", "one")));
    assertThat(reader.get(Kind.CONFIG_MAP, "shop", "a", soon())).isEmpty();
  }

  @Test
  void anObjectOfTheClusterHasNoNamespaceInItsPath() throws Exception {
    server.put(namespace("shop"));

    assertThat(reader.get(Kind.NAMESPACE, "", "shop", soon()))
        .hasValueSatisfying(found -> assertThat(found.name()).isEqualTo("shop"));
  }

  @Test
  void podsAreAskedByOneLabelSelector() throws Exception {
    server.put(pod("a", "web"));

    assertThat(reader.anyPodMatches("shop", WEB, soon())).isTrue();
    assertThat(reader.anyPodMatches("bank", WEB, soon())).isFalse();
    assertThat(reader.anyPodMatches("shop", Selector.of(Labels.of("app", "api")), soon()))
        .isFalse();
    assertThat(server.requests())
        .allMatch(each -> each.contains("limit=1") && each.contains("labelSelector=app="));
  }

  @Test
  void aFinishedPodMatchesNothing() throws Exception {
    server.put(finished(pod("a", "web")));

    assertThat(reader.anyPodMatches("shop", WEB, soon())).isFalse();
  }

  @Test
  void templatesAreAskedOfEveryKindOfWorkload() throws Exception {
    assertThat(reader.anyMatches("shop", WEB, WEB, soon())).isFalse();

    server.put(cronJob("report", "web"));
    assertThat(reader.anyMatches("shop", WEB, WEB, soon())).isTrue();
  }

  @Test
  void templatesAreReadPageByPage() throws Exception {
    IntStream.range(0, 5).forEach(i -> server.put(cronJob("report-" + i, "api")));
    server.put(cronJob("zz-last", "web"));

    assertThat(reader.anyMatches("shop", WEB, WEB, soon())).isTrue();
  }

  @Test
  void aKindThatIsNotServedHasNoTemplates() throws Exception {
    server.unserved(Kind.CRON_JOB, true);

    assertThat(reader.anyMatches("shop", WEB, WEB, soon())).isFalse();
  }

  @Test
  void oneReadThatFailsIsNoAnswer() {
    server.forbidden(Kind.STATEFUL_SET, true);

    assertThatThrownBy(() -> reader.anyMatches("shop", WEB, WEB, soon()))
        .isInstanceOf(LiveReadException.class);
  }

  @Test
  void oneReadThatFailsDoesNotHideWhatAnotherFound() throws Exception {
    server.forbidden(Kind.STATEFUL_SET, true);
    server.put(pod("a", "web"));

    assertThat(reader.anyMatches("shop", WEB, WEB, soon())).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CRUMBS", "HANG_UP"})
  void anAnswerThatIsWrongIsNoAnswerAndNotAskedForAgain(Fault fault) {
    server.put(map("a", "one"));
    server.fail(fault);

    assertThatThrownBy(() -> reader.get(Kind.CONFIG_MAP, "shop", "a", in(200)))
        .isInstanceOf(LiveReadException.class);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aConnectionThatBreaksBeforeTheAnswerIsTriedOnceMore() throws Exception {
    server.put(map("a", "one"));
    server.fail(Fault.HANG_UP);
    assertThat(reader.get(Kind.CONFIG_MAP, "shop", "a", soon())).isPresent();

    server.fail(Fault.HANG_UP);
    server.fail(Fault.HANG_UP);
    assertThatThrownBy(() -> reader.get(Kind.CONFIG_MAP, "shop", "a", soon()))
        .isInstanceOf(LiveReadException.class);
  }

  @Test
  void aReadEndsByItsDeadline() {
    server.fail(Fault.SILENCE);
    long start = System.nanoTime();

    assertThatThrownBy(() -> reader.get(Kind.CONFIG_MAP, "shop", "a", in(50)))
        .isInstanceOf(LiveReadException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(400));
  }

  @Test
  void aServerThatIsAwayIsNoAnswer() {
    server.stop();

    assertThatThrownBy(() -> reader.get(Kind.CONFIG_MAP, "shop", "a", soon()))
        .isInstanceOf(LiveReadException.class);
  }

  @Test
  void overTheCapNothingIsAsked() throws Exception {
    LiveReader capped = new LiveReader(client, new RateCap(1, 2, () -> 0));
    capped.get(Kind.CONFIG_MAP, "shop", "a", soon());
    capped.get(Kind.CONFIG_MAP, "shop", "a", soon());

    assertThatThrownBy(() -> capped.get(Kind.CONFIG_MAP, "shop", "a", soon()))
        .isInstanceOf(LiveReadException.class)
        .hasMessageContaining("too often");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void theCapFillsUpAgainWithTime() {
    long[] now = {0};
    RateCap cap = new RateCap(10, 1, () -> now[0]);
    assertThat(cap.take()).isTrue();
    assertThat(cap.take()).isFalse();

    now[0] += Duration.ofMillis(99).toNanos();
    assertThat(cap.take()).isFalse();
    now[0] += Duration.ofMillis(1).toNanos();
    assertThat(cap.take()).isTrue();

    now[0] += Duration.ofHours(1).toNanos();
    assertThat(cap.take()).isTrue();
    assertThat(cap.take()).isFalse();
  }

  private static Workload cronJob(String name, String app) {
    return new Workload(
        Kind.CRON_JOB,
        Meta.of("shop", name, Labels.EMPTY),
        Optional.empty(),
        new PodTemplate(Labels.of("app", app), PodSpec.EMPTY),
        1);
  }

  private static long soon() {
    return in(10_000);
  }

  private static long in(long millis) {
    return System.nanoTime() + Duration.ofMillis(millis).toNanos();
  }
}
