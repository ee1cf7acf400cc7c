package io.portcullis.cli.serve;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.portcullis.audit.AuditLog;
import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Contents;
import io.portcullis.cluster.Picture;
import io.portcullis.kube.Kind;
import io.portcullis.tls.Certificates;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is true now, for metrics. Asked at each scrape. */
@Singleton
final class Gauges {
  void register(
      @Observes StartupEvent started,
      MeterRegistry registry,
      Picture picture,
      SettingsInForce settings,
      Certificates certificates,
      AuditLog log) {
    gauge("portcullis.picture.ready", () -> picture.waitingFor().isEmpty() ? 1 : 0)
        .description("Whether everything that is watched was listed once")
        .register(registry);
    gauge("portcullis.settings.valid", () -> settings.problem().isEmpty() ? 1 : 0)
        .description("Whether the settings that there are now are in force")
        .register(registry);
    FunctionCounter.builder("portcullis.audit.dropped", log, AuditLog::lost)
        .description("Audit records that could not be written")
        .register(registry);
    // Two groups of the API may have a kind of the same name.
    Stream.of(Kind.values())
        .collect(Collectors.groupingBy(Kind::text))
        .forEach((text, kinds) -> contents(text, kinds, picture, registry));
    expiry("serving", () -> certificates.key().identity().notAfter(), registry);
    expiry("ca", certificates::authorityEnds, registry);
  }

  private static void contents(
      String text, List<Kind> kinds, Picture picture, MeterRegistry registry) {
    gauge(
            "portcullis.picture.objects",
            () -> kinds.stream().mapToLong(kind -> count(picture.now(), kind)).sum())
        .description("Objects in the picture")
        .tag("kind", text)
        .register(registry);
    gauge(
            "portcullis.picture.version",
            () -> kinds.stream().mapToLong(picture::version).max().orElse(0))
        .description("The resourceVersion that the picture has reached")
        .tag("kind", text)
        .register(registry);
  }

  private static void expiry(String use, Supplier<Instant> end, MeterRegistry registry) {
    gauge("portcullis.certificate.expiry", () -> end.get().getEpochSecond())
        .description("When the certificate ends, Unix time")
        .baseUnit("seconds")
        .tag("use", use)
        .register(registry);
  }

  private static Gauge.Builder<Supplier<Number>> gauge(String name, Supplier<Number> value) {
    return Gauge.builder(name, value);
  }

  private static long count(Cluster cluster, Kind kind) {
    if (!kind.namespaced()) {
      return cluster.all(kind).size();
    }
    return cluster.namespaces().values().stream()
        .mapToLong(contents -> kind == Kind.POD ? pods(contents) : contents.all(kind).size())
        .sum();
  }

  private static long pods(Contents contents) {
    return contents.podGroups().stream().mapToLong(contents::count).sum();
  }
}
