package io.portcullis.leader;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A Lease (coordination.k8s.io/v1) that one process at a time holds. Another's is taken over only
 * once it stayed unchanged for its whole duration by our own clock, so that clocks which differ
 * never make two leaders. Safe for any number of threads.
 */
public final class LeaderLease {
  private final KubernetesClient client;
  private final String namespace;
  private final String name;
  private final String identity;
  private final Duration life;
  private final LongSupplier nanos;

  private volatile Optional<Long> renewedAt = Optional.empty();
  private String seenVersion = "";
  private long seenAt;

  /**
   * @param identity tells this process from all others, through restarts too
   * @param life how long it is held after its last renewal, in whole seconds
   * @param nanos a clock that never goes back, in nanoseconds
   */
  public LeaderLease(
      KubernetesClient client,
      String namespace,
      String name,
      String identity,
      Duration life,
      LongSupplier nanos) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
    this.identity = identity;
    this.life = life;
    this.nanos = nanos;
  }

  /** Whether this process leads; asks nobody. */
  public boolean leads() {
    return renewedAt.map(at -> since(at) < life.toNanos()).orElse(false);
  }

  /**
   * Takes the lease where it is free, and keeps it; to be called several times within its life.
   * Asks the API server only where the last renewal is older than a third of that.
   *
   * @return whether this process leads
   * @throws KubernetesClientException where the API server can't be asked or refuses; {@link
   *     #leads()} still says what holds
   */
  public synchronized boolean renew() {
    boolean fresh = renewedAt.map(at -> since(at) < life.toNanos() / 3).orElse(false);
    return fresh || ask();
  }

  /** Gives the lease up where it is held, so that another need not wait for its end. */
  public synchronized void release() {
    if (leads()) {
      renewedAt = Optional.empty();
      find().filter(this::isOurs).ifPresent(lease -> put(lease, ""));
    }
  }

  private boolean ask() {
    long now = nanos.getAsLong();
    Optional<Lease> found = find();
    boolean held =
        found.isEmpty() ? create() : mayHold(found.get(), now) && put(found.get(), identity);
    renewedAt = held ? Optional.of(now) : Optional.empty();
    return held;
  }

  private boolean mayHold(Lease lease, long now) {
    if (isOurs(lease) || holder(lease).isEmpty()) {
      return true;
    }
    String version = lease.getMetadata().getResourceVersion();
    if (!version.equals(seenVersion)) {
      seenVersion = version;
      seenAt = now;
    }
    return now - seenAt >= duration(lease).toNanos();
  }

  private Optional<Lease> find() {
    return Optional.ofNullable(client.leases().inNamespace(namespace).withName(name).get());
  }

  private boolean create() {
    Lease lease =
        new LeaseBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(name)
            .endMetadata()
            .build();
    return written(() -> client.resource(held(lease, identity)).create());
  }

  private boolean put(Lease lease, String holder) {
    String version = lease.getMetadata().getResourceVersion();
    return written(
        () -> client.resource(held(lease, holder)).lockResourceVersion(version).update());
  }

  /** Whether it was written; not where another was faster. */
  private static boolean written(Runnable write) {
    try {
      write.run();
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  private Lease held(Lease lease, String holder) {
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    LeaseSpec spec = Optional.ofNullable(lease.getSpec()).orElseGet(LeaseSpec::new);
    if (!holder.equals(spec.getHolderIdentity())) {
      int before = Optional.ofNullable(spec.getLeaseTransitions()).orElse(-1);
      spec.setLeaseTransitions(holder.isEmpty() ? before : before + 1);
      spec.setAcquireTime(now);
    }
    spec.setHolderIdentity(holder);
    spec.setLeaseDurationSeconds((int) life.toSeconds());
    spec.setRenewTime(now);
    lease.setSpec(spec);
    return lease;
  }

  private boolean isOurs(Lease lease) {
    return holder(lease).equals(identity);
  }

  private static String holder(Lease lease) {
    return Optional.ofNullable(lease.getSpec()).map(LeaseSpec::getHolderIdentity).orElse("");
  }

  private Duration duration(Lease lease) {
    return Optional.ofNullable(lease.getSpec())
        .map(LeaseSpec::getLeaseDurationSeconds)
        .map(Duration::ofSeconds)
        .orElse(life);
  }

  private long since(long at) {
    return nanos.getAsLong() - at;
  }
}
