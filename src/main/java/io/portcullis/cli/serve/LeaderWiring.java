package io.portcullis.cli.serve;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.portcullis.cluster.watch.Connection;
import io.portcullis.leader.LeaderLease;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Which of the replicas leads; asked for only in a cluster. */
@Singleton
final class LeaderWiring {
  private static final Logger LOG = Logger.getLogger("portcullis.leader");

  /** A replica that died is followed by another after this time. */
  private static final Duration LIFE = Duration.ofSeconds(15);

  /** Set once somebody asked for it. */
  private volatile Optional<LeaderLease> made = Optional.empty();

  @Produces
  @Singleton
  LeaderLease lease(KubernetesClient client) {
    String host = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("portcullis");
    LeaderLease lease =
        new LeaderLease(
            Connection.once(client),
            "portcullis-system",
            "portcullis",
            host + "_" + UUID.randomUUID(),
            LIFE,
            System::nanoTime);
    made = Optional.of(lease);
    return lease;
  }

  /** After the chores, which would take it again, and before the client goes. */
  void giveUp(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) ShutdownEvent stopping) {
    try {
      made.ifPresent(LeaderLease::release);
    } catch (KubernetesClientException e) {
      LOG.warnf("The Lease ends by itself: %s", e.getMessage());
    }
  }
}
