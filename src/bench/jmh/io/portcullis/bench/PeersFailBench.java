package io.portcullis.bench;

import io.portcullis.admission.Outcome;
import io.portcullis.admission.Webhook;
import io.portcullis.proof.GeneratedCluster;
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
 * A new Ingress among 4,000 Services and 3,000 Ingresses: is its host unique, is its backend there?
 * Engines that list the cluster for each review take hundreds of milliseconds for it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 3)
public class PeersFailBench {
  private static final int PODS = 10_000;
  private static final int SERVICES = 4_000;
  private static final int POLICIES = 500;
  private static final int INGRESSES = 3_000;

  /** How many times as many of everything. */
  @Param({"1", "10"})
  private int times;

  private final byte[] unique = Scene.ingress("new.example.com");
  private final byte[] taken = Scene.ingress("app-17.example.com");
  private Scene scene = new Scene(GeneratedCluster.Size.of(0));

  @Setup
  public void fill() {
    scene =
        new Scene(
            new GeneratedCluster.Size(
                times * PODS, times * SERVICES, times * POLICIES, times * INGRESSES));
  }

  @Benchmark
  public Outcome aUniqueHost() {
    return scene.ask(Webhook.VALIDATE, unique);
  }

  @Benchmark
  public Outcome aTakenHost() {
    return scene.ask(Webhook.VALIDATE, taken);
  }
}
