package io.portcullis.bench;

import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Delta;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.proof.GeneratedCluster;
import java.util.List;
import java.util.Optional;
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

/** One watch event into the picture, by the number of pods that are in it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 3)
public class PictureBench {
  @Param({"1500", "15000", "150000"})
  private int pods;

  private Cluster cluster = Cluster.EMPTY;
  private Delta podOfAGroup = new Delta.Nothing();
  private Delta podOfANewGroup = new Delta.Nothing();
  private Delta policy = new Delta.Nothing();

  @Setup
  public void fill() {
    cluster = Scene.picture(GeneratedCluster.Size.of(pods));
    podOfAGroup = comes(pod("app-1"));
    podOfANewGroup = comes(pod("app-new"));
    policy = comes(some(Kind.NETWORK_POLICY));
  }

  @Benchmark
  public Cluster aPodOfAKnownGroupComes() {
    return cluster.apply(podOfAGroup);
  }

  @Benchmark
  public Cluster aPodWithNewLabelsComes() {
    return cluster.apply(podOfANewGroup);
  }

  @Benchmark
  public Cluster aPolicyChanges() {
    return cluster.apply(policy);
  }

  private static Delta comes(KubeObject object) {
    return Delta.between(Optional.empty(), Optional.of(object));
  }

  private static KubeObject pod(String app) {
    GeneratedCluster.Made made = made(Kind.POD);
    String json = made.json().replace("\"app\":\"app-0\"", "\"app\":\"" + app + "\"");
    return GeneratedCluster.read(
        new GeneratedCluster.Made(made.kind(), made.namespace(), made.name(), json));
  }

  private static KubeObject some(Kind kind) {
    return GeneratedCluster.read(made(kind));
  }

  private static GeneratedCluster.Made made(Kind kind) {
    List<GeneratedCluster.Made> all =
        new GeneratedCluster(GeneratedCluster.Size.of(1000)).made().toList();
    return all.stream().filter(made -> made.kind() == kind).findFirst().orElseThrow();
  }
}
