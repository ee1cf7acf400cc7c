package io.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.cluster.watch.Snapshot;
import io.portcullis.cluster.watch.Snapshot.Gap;
import io.portcullis.cluster.watch.Source;
import io.portcullis.finding.Evidence;
import io.portcullis.kube.Kind;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SightTest {
  private static final Selector WEB = Selector.of(Labels.of("app", "web"));

  @Test
  void whatMayBeHiddenIsNotTakenForAbsent() {
    Sight sight = seeingOnlyShop(Kind.STATEFUL_SET);
    assertThat(sight.coversAll(List.of(nothingMatches("shop")))).isTrue();
    assertThat(sight.coversAll(List.of(nothingMatches("bank")))).isFalse();
    assertThat(sight.coversAll(List.of(nothingMatches("shop"), nothingMatches("bank")))).isFalse();
  }

  @Test
  void eachKindIsHiddenByItself() {
    Sight sight = seeingOnlyShop(Kind.SERVICE);
    assertThat(sight.coversAll(List.of(nothingMatches("bank")))).isTrue();
    assertThat(sight.coversAll(List.of(new Evidence.Absent(Kind.SERVICE, "bank", "web"))))
        .isFalse();
    assertThat(sight.coversAll(List.of(new Evidence.Absent(Kind.SERVICE, "shop", "web")))).isTrue();
  }

  @Test
  void oneNamespaceIsNotAll() {
    Evidence none = new Evidence.NoNamespaceMatches(WEB, "");
    assertThat(seeingOnlyShop(Kind.NAMESPACE).coversAll(List.of(none))).isFalse();
    assertThat(seeingOnlyShop(Kind.POD).coversAll(List.of(none))).isTrue();
  }

  @Test
  void allOfAKindAreKnownOnlyWhereItWasSeen() {
    Sight sight = seeingOnlyShop(Kind.NETWORK_POLICY);
    assertThat(sight.coversAll(List.of(policies("shop")))).isTrue();
    assertThat(sight.coversAll(List.of(policies("bank")))).isFalse();
  }

  private static Evidence policies(String namespace) {
    return new Evidence.AllHold(Kind.NETWORK_POLICY, namespace, _ -> true);
  }

  @Test
  void whatWasSeenIsThere() {
    Evidence web = new Evidence.Present(Kind.SERVICE, "bank", "web", _ -> true);
    assertThat(seeingOnlyShop(Kind.SERVICE).coversAll(List.of(web))).isTrue();
  }

  private static Evidence nothingMatches(String namespace) {
    return new Evidence.NothingMatches(namespace, WEB, WEB);
  }

  private static Sight seeingOnlyShop(Kind kind) {
    Source source = new Source(kind, "", "", "");
    return Sight.of(new Snapshot(List.of(), List.of(new Gap(source, Set.of("shop")))));
  }
}
