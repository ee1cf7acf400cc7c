package io.portcullis.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done next with the gate's own certificate. Each step leaves everybody able to call
 * everybody else who has not yet heard of it:
 *
 * <ol>
 *   <li>the authority is due: a new one is trusted beside it, the certificate stays;
 *   <li>both were trusted for the overlap: the new one issues a certificate;
 *   <li>that was shown for the overlap: the old authority is no longer trusted.
 * </ol>
 *
 * <p>A certificate that is due before the new authority is trusted waits: a third of its life is
 * left, and the overlap is shorter.
 */
public final class Rotation {
  /** What to do. */
  public sealed interface Step {
    /** Nothing is due. */
    record Keep() implements Step {}

    /**
     * Store this.
     *
     * @param why for the log
     */
    record Write(KeyRing next, String why) implements Step {}
  }

  /**
   * What there is.
   *
   * @param stored what the Secret holds; empty where there is none or it makes no sense
   * @param shown what this process showed last
   * @param trustedSince since when clients have been told, without a gap, to trust all of the
   *     stored authorities; empty where they have not
   */
  public record Standing(
      Optional<KeyRing> stored, Optional<KeyRing> shown, Optional<Instant> trustedSince) {}

  private static final Step KEEP = new Step.Keep();

  private final Collection<String> hosts;
  private final Lifetimes lifetimes;

  public Rotation(Collection<String> hosts, Lifetimes lifetimes) {
    this.hosts = List.copyOf(hosts);
    this.lifetimes = lifetimes;
  }

  Lifetimes lifetimes() {
    return lifetimes;
  }

  /** The next step. */
  public Step next(Standing standing, Instant now) {
    Optional<KeyRing> usable =
        standing.stored().or(standing::shown).filter(ring -> !hasEnded(ring.authorities(), now));
    if (usable.isEmpty()) {
      return new Step.Write(make(now), "a new authority: there was none that could be used");
    }
    if (standing.stored().isEmpty()) {
      return new Step.Write(
          usable.get().with(authority(now)), "a new authority: the stored one was lost");
    }
    return next(usable.get(), standing.trustedSince(), now);
  }

  private Step next(KeyRing ring, Optional<Instant> trustedSince, Instant now) {
    if (!ring.isOfTheFirst()) {
      return hasPassed(trustedSince, now) || hasEnded(ring.identity().chain(), now)
          ? new Step.Write(ring.with(issue(ring, now)), "a certificate of the new authority")
          : KEEP;
    }
    if (lifetimes.isAuthorityDue(ring.authorities().getFirst(), now)) {
      return new Step.Write(ring.with(authority(now)), "a new authority: two thirds have passed");
    }
    if (lifetimes.isCertificateDue(ring.identity().certificate(), now)) {
      return new Step.Write(
          ring.with(issue(ring, now)), "a new certificate: two thirds have passed");
    }
    if (!Hosts.areThoseOf(ring.identity().certificate(), hosts)) {
      return new Step.Write(ring.with(issue(ring, now)), "a certificate with other names");
    }
    return ring.authorities().size() > 1 && hasPassed(Optional.of(ring.identityMade()), now)
        ? new Step.Write(ring.withTheFirstOnly(), "the old authority is no longer trusted")
        : KEEP;
  }

  private KeyRing make(Instant now) {
    Authority authority = authority(now);
    return KeyRing.of(authority, authority.issue(hosts, now, lifetimes.certificate()));
  }

  private Authority authority(Instant now) {
    return Authority.make(now, lifetimes.authority());
  }

  /** Never for longer than the authority that vouches for it. */
  private Identity issue(KeyRing ring, Instant now) {
    Authority authority = ring.authority();
    Duration left = Duration.between(now, authority.certificate().getNotAfter().toInstant());
    Duration life = lifetimes.certificate();
    return authority.issue(hosts, now, left.compareTo(life) < 0 ? left : life);
  }

  private boolean hasPassed(Optional<Instant> since, Instant now) {
    return since.filter(begin -> !now.isBefore(begin.plus(lifetimes.overlap()))).isPresent();
  }

  private static boolean hasEnded(List<X509Certificate> chain, Instant now) {
    return !now.isBefore(chain.getFirst().getNotAfter().toInstant());
  }
}
