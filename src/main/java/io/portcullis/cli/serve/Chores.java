package io.portcullis.cli.serve;

import io.portcullis.tls.Certificates;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** What is looked at again and again: whether settings or the certificate have changed. */
@Singleton
final class Chores {
  private static final Logger LOG = Logger.getLogger("portcullis.serve");

  /** Settings are in force within a second of their change. */
  private static final long SETTINGS_MILLIS = 250;

  private static final long CERTIFICATE_MILLIS = 1_000;

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("portcullis-chores").factory());

  void start(
      @Observes StartupEvent started,
      SettingsWiring source,
      SettingsInForce settings,
      Certificates certificates) {
    every(
        SETTINGS_MILLIS,
        () -> {
          source.refresh();
          settings.now();
        });
    every(
        CERTIFICATE_MILLIS,
        () ->
            certificates
                .refresh()
                .ifPresent(problem -> LOG.errorf("The certificate stays: %s", problem)));
  }

  void stop(@Observes ShutdownEvent stopping) {
    clock.shutdownNow();
  }

  /** An executor forgets what throws once. */
  private void every(long millis, Runnable chore) {
    Runnable fenced =
        () -> {
          try {
            chore.run();
          } catch (RuntimeException e) {
            LOG.error("A chore failed and will be tried again", e);
          }
        };
    Future<?> _ = clock.scheduleWithFixedDelay(fenced, 0, millis, TimeUnit.MILLISECONDS);
  }
}
