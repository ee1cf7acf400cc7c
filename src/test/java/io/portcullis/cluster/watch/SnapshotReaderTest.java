package io.portcullis.cluster.watch;

import static io.portcullis.cluster.watch.Fixtures.ONE_MAP;
import static io.portcullis.cluster.watch.Fixtures.PODS;
import static io.portcullis.cluster.watch.Fixtures.finished;
import static io.portcullis.cluster.watch.Fixtures.map;
import static io.portcullis.cluster.watch.Fixtures.namespace;
import static io.portcullis.cluster.watch.Fixtures.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.portcullis.cluster.watch.ScriptedApiServer.Fault;
import io.portcullis.cluster.watch.Snapshot.Gap;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SnapshotReaderTest {
  private static final Source NAMESPACES = Fixtures.of(Kind.NAMESPACE);
  private static final Set<String> SHOP = Set.of("shop");

  private final ScriptedApiServer server = new ScriptedApiServer();
  private final KubernetesClient client = Fixtures.client(server.url());

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void everythingIsReadInPages() throws Exception {
    IntStream.range(0, 5).forEach(i -> server.put(pod("pod-" + i, "web")));
    server.put(finished(pod("done", "web")));
    server.put(namespace("shop"));

    Snapshot snapshot = read(PODS, NAMESPACES);
    assertThat(names(snapshot))
        .containsExactlyInAnyOrder("pod-0", "pod-1", "pod-2", "pod-3", "pod-4", "shop");
    assertThat(snapshot.gaps()).isEmpty();
    assertThat(snapshot.sees(Kind.POD, "")).isTrue();
  }

  @Test
  void aPageThatExpiresStartsTheListOver() throws Exception {
    IntStream.range(0, 5).forEach(i -> server.put(pod("pod-" + i, "web")));
    server.expireTokens(1);

    assertThat(names(read(PODS))).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void whatMayNotBeListedEverywhereIsReadWhereItMay() throws Exception {
    server.put(pod("a", "web"));
    server.put(namespace("shop"));
    server.put(namespace("bank"));
    server.put(map("a", "text"));
    List.of(Kind.POD, Kind.NAMESPACE).forEach(kind -> server.forbidden(kind, true));
    server.allowedIn("shop");

    Snapshot snapshot = read(PODS, NAMESPACES, ONE_MAP);
    assertThat(names(snapshot)).containsExactlyInAnyOrder("a", "shop", "a");
    assertThat(snapshot.gaps())
        .containsExactlyInAnyOrder(new Gap(PODS, SHOP), new Gap(NAMESPACES, SHOP));
    assertThat(snapshot.sees(Kind.POD, "shop")).isTrue();
    assertThat(snapshot.sees(Kind.POD, "bank")).isFalse();
    assertThat(snapshot.sees(Kind.POD, "")).isFalse();
  }

  @Test
  void aKindThatIsNotServedIsNoGap() throws Exception {
    server.put(namespace("shop"));
    server.unserved(Kind.POD, true);

    Snapshot snapshot = read(PODS, NAMESPACES);
    assertThat(names(snapshot)).containsExactly("shop");
    assertThat(snapshot.gaps()).isEmpty();
  }

  @Test
  void whoeverMayReadNothingIsTold() {
    server.forbidden(Kind.POD, true);

    assertThatThrownBy(() -> read(PODS))
        .isInstanceOf(LiveReadException.class)
        .hasMessage(server.url() + " lets you list nothing that concerns the network");
  }

  @Test
  void aClusterThatFailsIsNoEmptyCluster() {
    server.fail(Fault.ERROR_500);

    assertThatThrownBy(() -> read(PODS))
        .isInstanceOf(LiveReadException.class)
        .hasMessage(server.url() + " can't be read: etcd is away (status 500)");
  }

  @Test
  void aClusterThatIsAwayIsNoEmptyCluster() {
    server.stop();

    assertThatThrownBy(() -> read(PODS))
        .isInstanceOf(LiveReadException.class)
        .hasMessageStartingWith(server.url() + " can't be read: ");
  }

  private Snapshot read(Source... sources) throws LiveReadException {
    return new SnapshotReader(client, Pace.CALM, List.of(sources)).read(SHOP);
  }

  private static List<String> names(Snapshot snapshot) {
    return snapshot.objects().stream().map(KubeObject::name).toList();
  }
}
