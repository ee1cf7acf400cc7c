package io.portcullis.cli.serve;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.portcullis.cluster.watch.Connection;
import io.portcullis.tls.Certificates;
import io.portcullis.tls.Registration;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
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

  /** In a cluster, where the certificate comes from elsewhere; who makes its own does it itself. */
  private static final long OWNER_MILLIS = 30_000;

  /** One that waits for the API server must not hold up the others. */
  private static final int THREADS = 3;

  private final ScheduledExecutorService clock =
      Executors.newScheduledThreadPool(
          THREADS, Thread.ofPlatform().daemon().name("portcullis-chores-", 0).factory());

  void start(
      @Observes StartupEvent started,
      SettingsWiring source,
      SettingsInForce settings,
      Certificates certificates,
      ServeConfig config,
      Instance<KubernetesClient> client) {
    every(
        SETTINGS_MILLIS,
        () -> {
          source.refresh();
          settings.now();
        });
    if (config.cluster().isEmpty() && config.certDir().isPresent()) {
      every(OWNER_MILLIS, new Registration(Connection.once(client.get()))::own);
    }
    every(
        certificates.pause().toMillis(),
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
