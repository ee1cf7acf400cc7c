package io.portcullis.bench;

import io.portcullis.admission.Outcome;
import io.portcullis.admission.Webhook;
import io.portcullis.cli.map.MapJson;
import io.portcullis.cli.map.TierNames;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Pod;
import io.portcullis.proof.GeneratedCluster;
import io.portcullis.reach.Entries;
import io.portcullis.reach.ReachMap;
import io.portcullis.reach.Roster;
import io.portcullis.settings.Tiers;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Who can reach whom, by the number of pods: the matrix of classes, the map that is written from
 * it, and one change of a policy as the gate judges it. What an event costs the picture is {@link
 * PictureBench}'s.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 3, time = 5)
public class ReachBench {
  private static final MapJson JSON = new MapJson(new TierNames(Tiers.NONE));

  @Param({"10000", "30000", "100000"})
  private int pods;

  private io.portcullis.bench.Scene gate =
      new io.portcullis.bench.Scene(GeneratedCluster.Size.of(0));
  private final byte[] policy = io.portcullis.bench.Scene.flow();
  private final byte[] small = io.portcullis.bench.Scene.flowFromTen();
  private io.portcullis.reach.Scene scene = scene(GeneratedCluster.Size.of(10));
  private ReachMap map = ReachMap.of(scene);

  @Setup
  public void fill() {
    GeneratedCluster.Size size = GeneratedCluster.Size.of(pods);
    gate = new io.portcullis.bench.Scene(size);
    scene = scene(size);
    map = ReachMap.of(scene);
  }

  /** Classes, rows and peers; no connection is listed. */
  @Benchmark
  public ReachMap matrix() {
    return ReachMap.of(scene);
  }

  /** Every connection, as JSON that nobody keeps. */
  @Benchmark
  public boolean write() {
    PrintWriter out = new PrintWriter(Writer.nullWriter());
    JSON.write(map, out);
    return out.checkError();
  }

  /** A policy over all pods of a namespace, which changes whom they may reach. */
  @Benchmark
  public Outcome aPolicyIsJudged() {
    return gate.ask(Webhook.VALIDATE, policy);
  }

  /** A policy over all pods of a namespace, which changes whether a hundred others reach them. */
  @Benchmark
  public Outcome aSmallPolicyIsJudged() {
    return gate.ask(Webhook.VALIDATE, small);
  }

  private static io.portcullis.reach.Scene scene(GeneratedCluster.Size size) {
    List<KubeObject> objects = new GeneratedCluster(size).objects().toList();
    List<Pod> pods =
        objects.stream().filter(Pod.class::isInstance).map(Pod.class::cast).toList();
    var cluster = io.portcullis.bench.Scene.picture(size);
    return new io.portcullis.reach.Scene(
        cluster,
        Roster.of(cluster, pods, (_, labels) -> labels),
        Entries.of(cluster, _ -> true),
        List.of());
  }
}
