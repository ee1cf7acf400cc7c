package io.portcullis.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where the serving certificate comes from, and what keeps it fresh: {@link #refresh} is called now
 * and then by whoever runs the server.
 */
public sealed interface Certificates
    permits Certificates.InMemory, Certificates.InFolder, InSecret {
  /** What the server shows. */
  ServingKey key();

  /** The certificates of the authorities that clients should trust, as PEM. */
  String authorities();

  /** When the first of these authorities ends. */
  default Instant authorityEnds() {
    return Pem.certificates(authorities()).stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Comparator.naturalOrder())
        .orElse(key().identity().notAfter());
  }

  /**
   * Looks whether there is a newer certificate and shows it.
   *
   * @return what went wrong, once for each state that is wrong; the last good one is still shown
   */
  Optional<String> refresh();

  /** How long to wait between two calls of {@link #refresh}. */
  default Duration pause() {
    return Duration.ofSeconds(1);
  }

  /** Whether clients can trust what is shown: not before it was read for the first time. */
  default boolean isReady() {
    return true;
  }

  /** What is wrong now; empty where the newest certificate is shown. */
  default Optional<String> problem() {
    return Optional.empty();
  }

  /** An authority in memory that issues anew at two thirds of the certificate's life. */
  final class InMemory implements Certificates {
    private final Authority authority;
    private final Collection<String> hosts;
    private final Clock clock;
    private final ServingKey key;

    public InMemory(Collection<String> hosts, Clock clock) {
      this.hosts = List.copyOf(hosts);
      this.clock = clock;
      authority = Authority.make(clock.instant());
      key = new ServingKey(issue());
    }

    @Override
    public ServingKey key() {
      return key;
    }

    @Override
    public String authorities() {
      return Pem.text(List.of(authority.certificate()));
    }

    @Override
    public Optional<String> refresh() {
      X509Certificate shown = key.identity().certificate();
      Instant from = shown.getNotBefore().toInstant();
      Duration life = Duration.between(from, shown.getNotAfter().toInstant());
      if (clock.instant().isAfter(from.plus(life.multipliedBy(2).dividedBy(3)))) {
        key.show(issue());
      }
      return Optional.empty();
    }

    private Identity issue() {
      return authority.issue(hosts, clock.instant(), CertificateFolder.LIFE);
    }
  }

  /** A folder that somebody else may write to. */
  final class InFolder implements Certificates {
    private final CertificateFolder folder;
    private final ServingKey key;
    private String seen;
    private volatile Optional<String> problem = Optional.empty();

    /**
     * Reads the folder, which is filled first where it is empty.
     *
     * @throws IOException where it can't be read or written
     * @throws IllegalArgumentException where it holds no certificate with its key
     */
    public InFolder(CertificateFolder folder, Collection<String> hosts, Clock clock)
        throws IOException {
      this.folder = folder;
      if (folder.isEmpty()) {
        folder.make(hosts, clock.instant());
      }
      seen = folder.fingerprint();
      key = new ServingKey(folder.read());
    }

    @Override
    public ServingKey key() {
      return key;
    }

    @Override
    public String authorities() {
      try {
        return folder.authority().orElseGet(() -> Pem.text(key.identity().chain()));
      } catch (IOException e) {
        return Pem.text(key.identity().chain());
      }
    }

    @Override
    public synchronized Optional<String> refresh() {
      try {
        String now = folder.fingerprint();
        if (!now.equals(seen)) {
          seen = now;
          key.show(folder.read());
          problem = Optional.empty();
        }
        return Optional.empty();
      } catch (IOException e) {
        problem = Optional.of(folder + ": " + e.getMessage());
        return once("unreadable");
      } catch (IllegalArgumentException e) {
        problem = Optional.of(folder + ": " + e.getMessage());
        return problem;
      }
    }

    @Override
    public Optional<String> problem() {
      return problem;
    }

    private Optional<String> once(String state) {
      boolean known = seen.equals(state);
      seen = state;
      return known ? Optional.empty() : problem;
    }
  }

  /** Writes what clients should trust to a file. */
  default void writeAuthorities(Path file) throws IOException {
    Files.writeString(file, authorities());
  }
}
