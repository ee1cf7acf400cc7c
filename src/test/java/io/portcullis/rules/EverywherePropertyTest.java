package io.portcullis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Some;
import io.portcullis.finding.Change;
import io.portcullis.kube.KubeObject;
import io.portcullis.net.Labels;
import io.portcullis.net.Requirement;
import io.portcullis.net.Selector;
import io.portcullis.proof.Property;
import io.portcullis.reach.Reach;
import io.portcullis.settings.Settings;
import io.portcullis.settings.Written;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No namespace is passed over in which a selector means somebody, now or once pods have come. */
class EverywherePropertyTest {
  private static final int WORLDS = 300;
  private static final int OBJECTS = 30;
  private static final int QUESTIONS = 10;

  /** Tiers that namespaces are put into by name, by label, and by their own label. */
  private static final Settings TIERS =
      Written.settings(
          """
          tiers:
            label: tier
            assign:
              - {tier: "x", namespaces: {names: [bank]}}
              - {tier: "y", namespaces: {matchLabels: {app: "y"}}}
            flows:
              - {from: "x", to: "y"}
              - {from: "y", to: "z"}
          """,
          "test");

  @Test
  void whoIsMeantSomewhereIsFound() {
    Property.forAll(WORLDS, EverywherePropertyTest::world, EverywherePropertyTest::check);
  }

  private static List<KubeObject> world(Random random) {
    Some some = new Some(random);
    return IntStream.range(0, OBJECTS).mapToObj(_ -> some.object()).toList();
  }

  private static void check(List<KubeObject> objects) {
    Cluster cluster = Cluster.of(objects);
    Some some = new Some(new Random(objects.hashCode()));
    Question question = Question.whole(Change.creation(some.pod()), Reach.of(cluster), TIERS);
    for (int i = 0; i < QUESTIONS; i++) {
      check(some.selector(), question);
      check(withJob(some.selector()), question);
    }
  }

  private static void check(Selector pods, Question question) {
    List<End> all =
        question.after().namespaces().keySet().stream()
            .sorted()
            .flatMap(namespace -> End.selected(namespace, pods, question).stream())
            .toList();
    assertThat(End.everywhere(pods, question)).as("%s", pods).isEqualTo(all);
    for (String namespace : Some.NAMESPACES) {
      Selector one = Selector.of(Labels.of("kubernetes.io/metadata.name", namespace));
      assertThat(End.everywhere(one, pods, question))
          .as("%s of %s", pods, namespace)
          .isEqualTo(
              all.stream()
                  .filter(end -> end.namespace().equals(namespace))
                  .filter(end -> one.matches(question.after().namespaceLabels(namespace)))
                  .toList());
    }
  }

  /** A label that controllers set counts as one that templates have. */
  private static Selector withJob(Selector selector) {
    return new Selector(
        Stream.concat(
                selector.requirements().stream(),
                Stream.of(new Requirement.In("job-name", List.of("a"))))
            .toList());
  }
}
