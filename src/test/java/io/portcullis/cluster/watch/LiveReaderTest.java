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
import io.portcullis.kube.ContainerPort;
import io.portcullis.kube.Kind;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.Owner;
import io.portcullis.kube.Pod;
import io.portcullis.kube.PodSpec;
import io.portcullis.kube.PodTemplate;
import io.portcullis.kube.Workload;
import io.portcullis.net.Labels;
import io.portcullis.net.Protocol;
import io.portcullis.net.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LiveReaderTest {
  private static final Selector WEB = Selector.of(Labels.of("app", "web"));
  private static final PodSpec HTTP = declaring("http");
  private static final PodSpec GRPC = declaring("grpc");

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
  void allOfAKindAreReadPageByPage() throws Exception {
    IntStream.range(0, 1_001).forEach(i -> server.put(map("map-" + i, "one")));

    assertThat(reader.all(Kind.CONFIG_MAP, "shop", soon())).hasSize(1_001);
    assertThat(reader.all(Kind.CONFIG_MAP, "bank", soon())).isEmpty();
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
  void namespacesAreAskedByOneLabelSelector() throws Exception {
    server.put(namespace("shop"));
    Selector shop = Selector.of(Labels.of(Namespace.NAME_LABEL, "shop"));
    Selector bank = Selector.of(Labels.of(Namespace.NAME_LABEL, "bank"));

    assertThat(reader.anyNamespaceMatches(shop, "", soon())).isTrue();
    assertThat(reader.anyNamespaceMatches(shop, "shop", soon())).isFalse();
    assertThat(reader.anyNamespaceMatches(bank, "", soon())).isFalse();
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
  void specsAreReadOfThePodsThatTheLabelSelectorLeaves() throws Exception {
    server.put(new Pod(Meta.of("shop", "a", Labels.of("app", "web")), HTTP, List.of(), false));
    server.put(new Pod(Meta.of("shop", "b", Labels.of("app", "api")), GRPC, List.of(), false));

    assertThat(anySpec(Optional.empty(), HTTP::equals)).isTrue();
    assertThat(anySpec(Optional.empty(), GRPC::equals)).isFalse();
  }

  @Test
  void specsOfTemplatesCountUnlessAnotherWorkloadMakesThem() throws Exception {
    server.put(replicaSet("web-1", HTTP, List.of(new Owner("Deployment", "web", "uid", true))));
    server.put(replicaSet("web-2", GRPC, List.of()));

    assertThat(anySpec(Optional.of(WEB), HTTP::equals)).isFalse();
    assertThat(anySpec(Optional.of(WEB), GRPC::equals)).isTrue();
    assertThat(anySpec(Optional.empty(), GRPC::equals)).isFalse();
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

  private boolean anySpec(Optional<Selector> templates, Predicate<PodSpec> wanted)
      throws LiveReadException {
    return reader.anySpec("shop", WEB, templates, wanted, soon());
  }

  private static PodSpec declaring(String port) {
    ContainerPort declared = new ContainerPort(port, 8080, Protocol.TCP, 0);
    return new PodSpec(false, true, List.of(declared), List.of(), false, "", List.of());
  }

  private static Workload replicaSet(String name, PodSpec spec, List<Owner> owners) {
    return new Workload(
        Kind.REPLICA_SET,
        new Meta("shop", name, "", "", "", Labels.EMPTY, Map.of(), owners, false),
        Optional.of(WEB),
        new PodTemplate(Labels.of("app", "web"), spec),
        1);
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
