package io.portcullis.cluster.watch;

import static io.portcullis.cluster.ClusterAssert.assertThatPicture;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.portcullis.cluster.Some;
import io.portcullis.cluster.World;
import io.portcullis.cluster.watch.ScriptedApiServer.Fault;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.proof.Await;
import io.portcullis.proof.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever happens on the way: what is watched is what is there. */
class LivePicturePropertyTest {
  private static final List<Kind> KINDS =
      List.of(
          Kind.NAMESPACE,
          Kind.POD,
          Kind.SERVICE,
          Kind.NETWORK_POLICY,
          Kind.DEPLOYMENT,
          Kind.STATEFUL_SET,
          Kind.JOB,
          Kind.POD_DISRUPTION_BUDGET);

  private static final List<Source> SOURCES =
      Stream.concat(KINDS.stream().map(Fixtures::of), Stream.of(Fixtures.ONE_MAP)).toList();

  /** What may happen. */
  private sealed interface Step {
    record Put(KubeObject object) implements Step {}

    record Delete(KubeObject named) implements Step {}

    record Goes(Fault wrong) implements Step {}

    record Happens(Mishap mishap) implements Step {}

    /** The picture must be right here, not only in the end. */
    record Look() implements Step {}
  }

  private enum Mishap {
    CUT,
    RESTART,
    FORGET,
    EXPIRE_WATCHES,
    EXPIRE_TOKENS,
    NO_STREAMS,
    STREAMS
  }

  @Test
  void theWatchedPictureIsThePictureBuiltAnew() {
    Property.forAll(60, LivePicturePropertyTest::steps, LivePicturePropertyTest::follows);
  }

  private static List<Step> steps(Random random) {
    Some some = new Some(random);
    List<Step> steps = new ArrayList<>();
    for (int i = random.nextInt(60); i >= 0; i--) {
      steps.add(
          switch (random.nextInt(20)) {
            case 0, 1 -> new Step.Goes(pick(random, Fault.values()));
            case 2, 3, 4 -> new Step.Happens(pick(random, Mishap.values()));
            case 5 -> new Step.Look();
            case 6, 7, 8, 9 -> new Step.Delete(some.object());
            default -> new Step.Put(some.object());
          });
    }
    return steps;
  }

  private static <T> T pick(Random random, T[] from) {
    return from[random.nextInt(from.length)];
  }

  private static void follows(List<Step> steps) {
    try (ScriptedApiServer server = new ScriptedApiServer();
        KubernetesClient client = Fixtures.client(server.url());
        LivePicture picture = new LivePicture(client, Fixtures.QUICK, SOURCES)) {
      picture.start();
      for (Step step : steps) {
        take(step, server, picture);
      }
      server.behave();
      look(server, picture);
    }
  }

  private static void take(Step step, ScriptedApiServer server, LivePicture picture) {
    switch (step) {
      case Step.Put put -> server.put(put.object());
      case Step.Delete delete -> server.delete(World.Id.of(delete.named()));
      case Step.Goes goes -> server.fail(goes.wrong());
      case Step.Happens happens -> happens(happens.mishap(), server);
      case Step.Look _ -> look(server, picture);
    }
  }

  private static void happens(Mishap mishap, ScriptedApiServer server) {
    switch (mishap) {
      case CUT -> server.cut();
      case RESTART -> {
        server.stop();
        server.restart();
      }
      case FORGET -> server.forget();
      case EXPIRE_WATCHES -> server.expireWatches();
      case EXPIRE_TOKENS -> server.expireTokens(2);
      case NO_STREAMS -> server.streamsLists(false);
      case STREAMS -> server.streamsLists(true);
    }
  }

  private static void look(ScriptedApiServer server, LivePicture picture) {
    for (Source source : SOURCES) {
      long wanted = server.version(source.kind());
      Await.that(
          source + " reaches " + wanted + ", waiting for " + picture.waitingFor(),
          () -> picture.waitingFor().isEmpty() && picture.version(source.kind()) >= wanted);
    }
    assertThatPicture(picture.now()).shows(server.world(SOURCES));
  }
}
