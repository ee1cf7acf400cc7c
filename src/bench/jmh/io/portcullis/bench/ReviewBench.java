package io.portcullis.bench;

import io.portcullis.admission.Outcome;
import io.portcullis.admission.Reading;
import io.portcullis.admission.ReviewReader;
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

/** A body in, a decision out, by the number of pods in the cluster. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 3)
public class ReviewBench {
  /** Pods. The cluster has a fifteenth as many Services and a fiftieth as many Ingresses. */
  @Param({"1500", "15000", "150000"})
  private int pods;

  private final byte[] service = Scene.service("app-1");
  private final byte[] mistyped = Scene.service("app-1x");
  private final byte[] ingress = Scene.ingress("new.example.com");
  private final byte[] taken = Scene.ingress("app-17.example.com");
  private final byte[] pod = Scene.pod();
  private final byte[] outside = Scene.ipBlock("203.0.113.0/24");
  private final byte[] inside = Scene.ipBlock("10.128.0.0/16");
  private Scene scene = new Scene(GeneratedCluster.Size.of(0));

  @Setup
  public void fill() {
    scene = new Scene(GeneratedCluster.Size.of(pods));
  }

  @Benchmark
  public Reading readingAlone() {
    return ReviewReader.read(service);
  }

  @Benchmark
  public Outcome serviceThatSelectsPods() {
    return scene.ask(Webhook.VALIDATE, service);
  }

  @Benchmark
  public Outcome serviceWithATypo() {
    return scene.ask(Webhook.VALIDATE, mistyped);
  }

  @Benchmark
  public Outcome ingressWithANewHost() {
    return scene.ask(Webhook.VALIDATE, ingress);
  }

  @Benchmark
  public Outcome ingressWithATakenHost() {
    return scene.ask(Webhook.VALIDATE, taken);
  }

  @Benchmark
  public Outcome podThatGetsItsTier() {
    return scene.ask(Webhook.MUTATE, pod);
  }

  @Benchmark
  public Outcome podThatIsJudged() {
    return scene.ask(Webhook.VALIDATE, pod);
  }

  @Benchmark
  public Outcome policyWithABlockOutside() {
    return scene.ask(Webhook.VALIDATE, outside);
  }

  @Benchmark
  public Outcome policyWithABlockOfPods() {
    return scene.ask(Webhook.VALIDATE, inside);
  }
}
