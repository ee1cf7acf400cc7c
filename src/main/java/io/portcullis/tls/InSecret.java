package io.portcullis.tls;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.portcullis.tls.Rotation.Standing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * A Secret that all replicas read and one of them writes. Until it was read for the first time
 * something is shown that nobody trusts, so that the server can start; whatever happens to the
 * Secret after that, the last good certificate stays.
 */
public final class InSecret implements Certificates {
  private static final Logger LOG = Logger.getLogger("portcullis.tls");

  /** A Secret that was lost is back, and a bundle that was overwritten right, within this time. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

  /** How often it is looked whether the configurations still have their owner. */
  private static final Duration OWNED = Duration.ofSeconds(30);

  private static final Trusted NOBODY = new Trusted("", Instant.MAX);

  private static final int LOOKS_IN_AN_OVERLAP = 5;

  private final RingSecret secret;
  private final Registration registration;
  private final BooleanSupplier leads;
  private final Rotation rotation;
  private final Clock clock;
  private final Identity placeholder;
  private final ServingKey key;

  private volatile Optional<KeyRing> shown = Optional.empty();
  private volatile Optional<String> problem = Optional.of("the Secret was not read yet");
  private Trusted trusted = NOBODY;
  private Instant ownedUntil = Instant.MIN;

  /** Since when clients trust what. */
  private record Trusted(String bundle, Instant since) {}

  /**
   * @param leads whether this replica writes; asked at each refresh, may ask the API server
   */
  public InSecret(KubernetesClient client, BooleanSupplier leads, Rotation rotation, Clock clock) {
    this.secret = new RingSecret(client);
    this.registration = new Registration(client);
    this.leads = leads;
    this.rotation = rotation;
    this.clock = clock;
    placeholder =
        Authority.make(clock.instant())
            .issue(Set.of("localhost"), clock.instant(), Duration.ofDays(1));
    key = new ServingKey(placeholder);
  }

  @Override
  public ServingKey key() {
    return key;
  }

  @Override
  public String authorities() {
    return shown.map(KeyRing::bundle).orElseGet(() -> Pem.text(placeholder.chain()));
  }

  @Override
  public boolean isReady() {
    return shown.isPresent();
  }

  @Override
  public Optional<String> problem() {
    return problem;
  }

  @Override
  public Duration pause() {
    Duration part = rotation.lifetimes().overlap().dividedBy(LOOKS_IN_AN_OVERLAP);
    return part.compareTo(LONGEST_PAUSE) < 0 ? part : LONGEST_PAUSE;
  }

  @Override
  public synchronized Optional<String> refresh() {
    Optional<String> before = problem;
    try {
      problem = look();
    } catch (KubernetesClientException e) {
      problem = Optional.of(String.valueOf(e.getMessage()));
    }
    return problem.equals(before) ? Optional.empty() : problem;
  }

  private Optional<String> look() {
    Optional<RingSecret.Stored> stored = secret.read();
    Optional<KeyRing> ring = stored.flatMap(RingSecret.Stored::ring);
    ring.ifPresent(this::show);
    if (leads.getAsBoolean()) {
      ring = step(stored, ring);
      ring.ifPresent(this::show);
      ring.map(KeyRing::bundle).ifPresent(this::trust);
      own();
    } else {
      trusted = NOBODY;
    }
    return ring.isPresent() ? Optional.empty() : Optional.of(lost(stored));
  }

  private Optional<KeyRing> step(Optional<RingSecret.Stored> stored, Optional<KeyRing> ring) {
    Optional<Instant> since =
        ring.map(KeyRing::bundle).filter(trusted.bundle()::equals).map(_ -> trusted.since());
    return switch (rotation.next(new Standing(ring, shown, since), clock.instant())) {
      case Rotation.Step.Keep() -> ring;
      case Rotation.Step.Write(KeyRing written, String why) -> write(stored, written, why);
    };
  }

  private Optional<KeyRing> write(Optional<RingSecret.Stored> stored, KeyRing ring, String why) {
    if (!secret.write(stored, ring)) {
      return Optional.empty();
    }
    LOG.infof("Secret %s: %s", RingSecret.NAME, why);
    return Optional.of(ring);
  }

  /** What was not there, or not as it should be, is trusted from now on only. */
  private void trust(String bundle) {
    boolean already = registration.trust(bundle);
    if (!already) {
      ownedUntil = Instant.MIN;
    }
    if (!already || !trusted.bundle().equals(bundle)) {
      trusted = new Trusted(bundle, clock.instant());
    }
  }

  private void own() {
    Instant now = clock.instant();
    if (!now.isBefore(ownedUntil) && registration.own()) {
      ownedUntil = now.plus(OWNED);
    }
  }

  private void show(KeyRing ring) {
    if (shown.isEmpty() || !shown.get().identity().equals(ring.identity())) {
      key.show(ring.identity());
      LOG.infof("A certificate is shown that holds until %s", ring.identity().notAfter());
    }
    shown = Optional.of(ring);
  }

  private static String lost(Optional<RingSecret.Stored> stored) {
    String name = "Secret " + RingSecret.NAMESPACE + "/" + RingSecret.NAME;
    return stored
        .map(read -> name + ": " + String.join(", ", read.problem().stream().toList()))
        .orElse(name + " does not exist");
  }
}
