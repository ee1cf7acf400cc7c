package io.portcullis.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.portcullis.finding.Judged;
import io.portcullis.finding.Mode;
import io.portcullis.finding.Operation;
import io.portcullis.finding.Target;
import io.portcullis.finding.Verdict;
import io.portcullis.judge.Judgement;
import io.portcullis.judge.RuleError;
import io.portcullis.kube.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts reviews and what was found. Every label has few values, whatever clients send. */
public final class ReviewMeters {
  private static final String OTHER = "other";

  private static final Duration[] BUCKETS = {
    Duration.ofNanos(50_000),
    Duration.ofNanos(100_000),
    Duration.ofNanos(250_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofNanos(2_500_000),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30)
  };

  private record Review(String webhook, Operation operation, String kind, Verdict verdict) {}

  private record Found(String rule, Mode mode) {}

  private final MeterRegistry registry;
  private final Timer seconds;
  private final Map<Review, Counter> reviews = new ConcurrentHashMap<>();
  private final Map<Found, Counter> findings = new ConcurrentHashMap<>();
  private final Map<String, Counter> errors = new ConcurrentHashMap<>();

  public ReviewMeters(MeterRegistry registry) {
    this.registry = registry;
    this.seconds =
        Timer.builder("portcullis.review")
            .description("Time from a request's last byte to its answer")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
  }

  /**
   * Counts an answered review.
   *
   * @param webhook {@code mutate}, {@code validate} or {@code guard}
   * @param took from the body's last byte to the answer
   */
  public void answered(String webhook, Judgement judgement, Duration took) {
    seconds.record(took);
    Review review =
        new Review(
            webhook,
            judgement.change().operation(),
            kind(judgement.change().target()),
            judgement.verdict());
    reviews.computeIfAbsent(review, this::reviews).increment();
  }

  /** Counts what a judgement found. */
  public void found(Judgement judgement) {
    for (Judged judged : judgement.findings()) {
      findings
          .computeIfAbsent(new Found(judged.finding().rule(), judged.mode()), this::findings)
          .increment();
    }
    for (RuleError error : judgement.errors()) {
      broke(error.rule());
    }
  }

  /** Counts a rule that broke, an object that could not be read ({@code read})... */
  public void broke(String rule) {
    errors.computeIfAbsent(rule, this::errors).increment();
  }

  private static String kind(Target target) {
    return Kind.of(target.group(), target.kind()).map(Kind::text).orElse(OTHER);
  }

  private Counter reviews(Review review) {
    return Counter.builder("portcullis.reviews")
        .description("Reviews answered")
        .tag("webhook", review.webhook())
        .tag("operation", review.operation().name())
        .tag("kind", review.kind())
        .tag("verdict", review.verdict().text())
        .register(registry);
  }

  private Counter findings(Found found) {
    return Counter.builder("portcullis.findings")
        .description("Findings by what they did")
        .tag("rule", found.rule())
        .tag("mode", found.mode().text())
        .register(registry);
  }

  private Counter errors(String rule) {
    return Counter.builder("portcullis.rule.errors")
        .description("Rules that broke, and objects that could not be read")
        .tag("rule", rule)
        .register(registry);
  }
}
