package io.portcullis.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Delta;
import io.portcullis.finding.Change;
import io.portcullis.finding.Evidence;
import io.portcullis.finding.Verdict;
import io.portcullis.kube.Kind;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.kube.Pod;
import io.portcullis.kube.PodSpec;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import io.portcullis.rules.DefaultDenyKept;
import io.portcullis.rules.RuleBook;
import io.portcullis.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Two policies isolate the same pods, and one of them must stay. */
class GuardedChangesTest {
  private static final NetworkPolicy ONE = policy("one", "uid-1", false);
  private static final NetworkPolicy TWO = policy("two", "uid-2", false);

  private static final Cluster BOTH =
      Cluster.of(
          List.of(
              new Namespace(Meta.of("", "shop", Labels.of("portcullis.io/guard", "true"))),
              new Pod(
                  Meta.of("shop", "web", Labels.of("app", "web")), PodSpec.EMPTY, List.of(), false),
              ONE,
              TWO));

  private final AtomicLong now = new AtomicLong();
  private final Judge judge = new Judge(new RuleBook(List.of(new DefaultDenyKept())));

  @Test
  void ofTwoThatAreDeletedOneAfterTheOtherTheSecondStays() {
    assertThat(judge(Change.deletion(ONE), BOTH, stored(BOTH)).verdict()).isEqualTo(Verdict.ALLOW);
    assertThat(judge(Change.deletion(TWO), BOTH, stored(BOTH)).verdict()).isEqualTo(Verdict.DENY);
  }

  @Test
  void ofTwoThatAreDeletedAtTheSameMomentOneStays() throws Exception {
    for (int i = 0; i < 50; i++) {
      Judge each = new Judge(new RuleBook(List.of(new DefaultDenyKept())));
      CyclicBarrier together = new CyclicBarrier(2);
      List<Future<Judgement>> judged = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
        for (NetworkPolicy policy : List.of(ONE, TWO)) {
          judged.add(
              threads.submit(() -> {
                together.await();
                return judge(each, Change.deletion(policy), BOTH, stored(BOTH));
              }));
        }
      }
      assertThat(List.of(judged.get(0).get().verdict(), judged.get(1).get().verdict()))
          .containsExactlyInAnyOrder(Verdict.ALLOW, Verdict.DENY);
    }
  }

  @Test
  void aYesOfAPictureThatIsBehindIsNone() {
    Cluster left = BOTH.apply(Delta.between(Optional.of(TWO), Optional.empty()));
    assertThat(judge(Change.deletion(ONE), BOTH, stored(left)).verdict()).isEqualTo(Verdict.DENY);
  }

  @Test
  void aPolicyThatThePictureLacksIsSeen() {
    Cluster behind = BOTH.apply(Delta.between(Optional.of(TWO), Optional.empty()));
    assertThat(judge(Change.deletion(ONE), behind, stored(BOTH)).verdict())
        .isEqualTo(Verdict.ALLOW);
  }

  @Test
  void aDryRunLetsNothingGo() {
    judge(dryRun(Change.deletion(ONE)), BOTH, stored(BOTH));
    assertThat(judge(Change.deletion(TWO), BOTH, stored(BOTH)).verdict()).isEqualTo(Verdict.ALLOW);
  }

  @Test
  void aRefusedDeletionLetsNothingGo() {
    Cluster left = BOTH.apply(Delta.between(Optional.of(TWO), Optional.empty()));
    judge(Change.deletion(ONE), BOTH, stored(left));
    assertThat(judge(Change.deletion(TWO), BOTH, stored(BOTH)).verdict()).isEqualTo(Verdict.ALLOW);
  }

  @Test
  void theSameDeletionIsAnsweredTheSame() {
    judge(Change.deletion(ONE), BOTH, stored(BOTH));
    assertThat(judge(Change.deletion(ONE), BOTH, stored(BOTH)).verdict()).isEqualTo(Verdict.ALLOW);
  }

  @Test
  void aDeletionThatNeverHappenedIsForgotten() {
    judge(Change.deletion(ONE), BOTH, stored(BOTH));
    now.addAndGet(Passage.LONGEST.toNanos());
    assertThat(judge(Change.deletion(TWO), BOTH, stored(BOTH)).verdict()).isEqualTo(Verdict.ALLOW);
  }

  @Test
  void aPolicyThatWasMadeAnewIsAnother() {
    judge(Change.deletion(ONE), BOTH, stored(BOTH));
    Cluster anew = BOTH.apply(new Delta.Put(policy("one", "uid-3", false)));
    assertThat(judge(Change.deletion(TWO), BOTH, stored(anew)).verdict()).isEqualTo(Verdict.ALLOW);
  }

  @Test
  void aPolicyThatEndsIsNoneThatStays() {
    Cluster ending = BOTH.apply(new Delta.Put(policy("one", "uid-1", true)));
    assertThat(judge(Change.deletion(TWO), BOTH, stored(ending)).verdict()).isEqualTo(Verdict.DENY);
  }

  @Test
  void anUpdateThatIsNotStoredYetCounts() {
    Change opens = Change.update(ONE, selecting(ONE, Labels.of("app", "other")));
    assertThat(judge(opens, BOTH, stored(BOTH)).allowed()).isTrue();
    assertThat(judge(Change.deletion(TWO), BOTH, stored(BOTH)).verdict()).isEqualTo(Verdict.DENY);
  }

  @Test
  void whereThePoliciesCanNotBeReadNothingIsRefusedAndSomebodyKnows() {
    Cluster left = BOTH.apply(Delta.between(Optional.of(TWO), Optional.empty()));
    for (Cluster picture : List.of(BOTH, left)) {
      Judgement judgement = judge(Change.deletion(ONE), picture, stored(Optional.empty()));
      assertThat(judgement.verdict()).isEqualTo(Verdict.WARN);
      assertThat(judgement.findings().getLast().finding().message())
          .isEqualTo(
              "can't tell whether pods stay isolated: the NetworkPolicies of namespace shop could"
                  + " not be read in time.");
    }
  }

  private Judgement judge(Change change, Cluster picture, Confirmation live) {
    return judge(judge, change, picture, live);
  }

  private Judgement judge(Judge by, Change change, Cluster picture, Confirmation live) {
    Deadline deadline = Deadline.in(Duration.ofMinutes(1), now::get);
    return by.judge(change, picture, Settings.DEFAULT, live, deadline, Court.TODAY);
  }

  private static Confirmation stored(Cluster stored) {
    return stored(Optional.of(stored));
  }

  /** Says that all evidence is so, and which policies there are now. */
  private static Confirmation stored(Optional<Cluster> stored) {
    return new Confirmation() {
      @Override
      public Answer confirm(List<Evidence> evidence, Deadline deadline) {
        return Answer.YES;
      }

      @Override
      public Optional<Cluster> refreshed(
          Cluster picture, Kind kind, String namespace, Deadline deadline) {
        return stored.map(
            cluster -> picture.withAll(kind, namespace, cluster.in(namespace).all(kind)));
      }
    };
  }

  private static Change dryRun(Change change) {
    return new Change(
        change.uid(),
        change.operation(),
        change.target(),
        change.object(),
        change.oldObject(),
        change.user(),
        true);
  }

  private static NetworkPolicy selecting(NetworkPolicy policy, Labels labels) {
    return new NetworkPolicy(
        policy.meta(), Selector.of(labels), policy.policyTypes(), List.of(), List.of());
  }

  private static NetworkPolicy policy(String name, String uid, boolean ending) {
    Meta meta = new Meta("shop", name, "", uid, "1", Labels.EMPTY, Map.of(), List.of(), ending);
    return new NetworkPolicy(
        meta, Selector.EVERYTHING, Set.of(Direction.values()), List.of(), List.of());
  }
}
