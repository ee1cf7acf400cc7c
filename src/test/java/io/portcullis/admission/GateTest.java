package io.portcullis.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Picture;
import io.portcullis.finding.Change;
import io.portcullis.finding.Evidence;
import io.portcullis.finding.PatchOp;
import io.portcullis.judge.Confirmation;
import io.portcullis.judge.Deadline;
import io.portcullis.judge.Judge;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.Pod;
import io.portcullis.kube.PodSpec;
import io.portcullis.net.Labels;
import io.portcullis.rules.RuleBook;
import io.portcullis.settings.Settings;
import io.portcullis.settings.SettingsReader;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A pod may come before the watch has told of its namespace. */
class GateTest {
  private static final Namespace SHOP =
      new Namespace(Meta.of("", "shop", Labels.of("tier", "frontend")));

  /** A cluster in which the namespace is there; what it was asked for is kept. */
  private static final class Live implements Confirmation {
    private final List<String> asked = new ArrayList<>();

    @Override
    public Answer confirm(List<Evidence> evidence, Deadline deadline) {
      return Answer.YES;
    }

    @Override
    public Optional<Namespace> namespace(String name, Deadline deadline) {
      asked.add(name);
      return name.equals("shop") ? Optional.of(SHOP) : Optional.empty();
    }
  }

  private final Live live = new Live();

  @Test
  void aPodGetsItsTierThoughThePictureDoesNotHaveItsNamespaceYet() {
    assertThat(patch(Cluster.EMPTY, "shop"))
        .containsExactly(new PatchOp.Add("/metadata/labels", Map.of("tier", "frontend")));
    assertThat(live.asked).containsExactly("shop");
  }

  @Test
  void aNamespaceThatThePictureHasIsNotReadAgain() {
    assertThat(patch(Cluster.of(List.of(SHOP)), "shop")).hasSize(1);
    assertThat(live.asked).isEmpty();
  }

  @Test
  void anExemptNamespaceIsNotReadAtAll() {
    assertThat(patch(Cluster.EMPTY, "kube-system")).isEmpty();
    assertThat(live.asked).isEmpty();
  }

  @Test
  void withoutAnAnswerThePodIsLetInAsItIs() {
    assertThat(patch(Cluster.EMPTY, "unheard-of")).isEmpty();
    assertThat(live.asked).containsExactly("unheard-of");
  }

  private List<PatchOp> patch(Cluster picture, String namespace) {
    Gate gate =
        new Gate(
            new Judge(RuleBook.standard()),
            Picture.fixed(picture),
            GateTest::settings,
            live,
            Clock.systemUTC());
    Pod pod = new Pod(Meta.of(namespace, "web", Labels.EMPTY), PodSpec.EMPTY, List.of(), false);
    Review review = new Review(Change.creation(pod), List.of());
    Deadline deadline = Deadline.in(Duration.ofMinutes(1), System::nanoTime);
    return gate.decide(Webhook.MUTATE, review, deadline).answer().patch();
  }

  private static Settings settings() {
    String yaml = "tiers: {label: tier, exposed: [frontend]}";
    return ((SettingsReader.Result.Valid) SettingsReader.read(yaml, "test")).settings();
  }
}
