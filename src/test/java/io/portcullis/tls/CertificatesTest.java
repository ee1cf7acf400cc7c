package io.portcullis.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesTest {
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-11-23T08:00:00Z"), ZoneOffset.UTC);
  private static final Set<String> HOSTS = Hosts.with(List.of("gate.example.com", "192.0.2.7"));

  @TempDir Path dir;

  @Test
  void holdsForOurServiceThisMachineAndWhatIsAsked() throws GeneralSecurityException {
    X509Certificate certificate =
        new Certificates.InMemory(HOSTS, NOW).key().identity().certificate();
    assertThat(certificate.getSubjectAlternativeNames())
        .extracting(name -> String.valueOf(name.get(1)))
        .contains(
            "portcullis.portcullis-system.svc",
            "portcullis.portcullis-system.svc.cluster.local",
            "localhost",
            "127.0.0.1",
            "gate.example.com",
            "192.0.2.7");
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
  }

  @Test
  void theAuthorityVouchesForIt() throws GeneralSecurityException {
    Certificates certificates = new Certificates.InMemory(HOSTS, NOW);
    X509Certificate authority = Pem.certificates(certificates.authorities()).getFirst();
    certificates.key().identity().certificate().verify(authority.getPublicKey());
    assertThat(authority.getBasicConstraints()).isZero();
  }

  @Test
  void aNameThatIsNoneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Hosts.with(List.of("a b")))
        .withMessage("\"a b\" is neither a DNS name nor an IP address");
  }

  @Test
  void inMemoryItIsIssuedAnewAtTwoThirdsOfItsLife() {
    MovingClock clock = new MovingClock(NOW.instant());
    Certificates certificates = new Certificates.InMemory(HOSTS, clock);
    Identity first = certificates.key().identity();
    clock.now = clock.now.plus(Duration.ofDays(240));
    assertThat(certificates.refresh()).isEmpty();
    assertThat(certificates.key().identity()).isSameAs(first);
    clock.now = clock.now.plus(Duration.ofDays(5));
    assertThat(certificates.refresh()).isEmpty();
    assertThat(certificates.key().identity().notAfter())
        .isEqualTo(clock.now.plus(Duration.ofDays(365)));
  }

  @Test
  void anEmptyFolderIsFilledAndTheKeyIsTheOwnersAlone() throws IOException {
    Certificates certificates = new Certificates.InFolder(folder(), HOSTS, NOW);
    assertThat(dir).isDirectoryContaining("glob:**tls.crt").isDirectoryContaining("glob:**ca.crt");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("tls.key"))))
        .isEqualTo("rw-------");
    assertThat(folder().read().certificate())
        .isEqualTo(certificates.key().identity().certificate());
    assertThat(certificates.authorities()).isEqualTo(Files.readString(dir.resolve("ca.crt")));
  }

  @Test
  void aFilledFolderStaysAsItIs() throws IOException {
    folder().make(HOSTS, NOW.instant());
    String before = folder().fingerprint();
    Certificates certificates = new Certificates.InFolder(folder(), HOSTS, NOW);
    assertThat(folder().fingerprint()).isEqualTo(before);
    assertThat(certificates.refresh()).isEmpty();
  }

  @Test
  void aNewCertificateIsShown() throws IOException {
    Certificates certificates = new Certificates.InFolder(folder(), HOSTS, NOW);
    folder().make(HOSTS, NOW.instant());
    assertThat(certificates.refresh()).isEmpty();
    assertThat(certificates.key().identity().certificate())
        .isEqualTo(folder().read().certificate());
  }

  @Test
  void aBrokenOneIsToldOnceAndTheLastOneStays() throws IOException {
    Certificates certificates = new Certificates.InFolder(folder(), HOSTS, NOW);
    Identity good = certificates.key().identity();
    Files.writeString(dir.resolve("tls.crt"), "nonsense");
    assertThat(certificates.refresh()).hasValue(dir + ": there is no CERTIFICATE in it");
    assertThat(certificates.refresh()).isEmpty();
    assertThat(certificates.key().identity()).isSameAs(good);
    Files.delete(dir.resolve("tls.crt"));
    assertThat(certificates.refresh()).isPresent();
    assertThat(certificates.refresh()).isEmpty();
    assertThat(certificates.key().identity()).isSameAs(good);
  }

  @Test
  void betweenTheTwoFilesOfAnExchangeTheLastOneStays() throws IOException {
    Certificates certificates = new Certificates.InFolder(folder(), HOSTS, NOW);
    Identity good = certificates.key().identity();
    Identity next = Authority.make(NOW.instant()).issue(HOSTS, NOW.instant(), Duration.ofDays(9));
    Files.writeString(dir.resolve("tls.crt"), Pem.text(next.chain()));
    assertThat(certificates.refresh()).hasValue(dir + ": the key is not the certificate's");
    assertThat(certificates.key().identity()).isSameAs(good);
    Files.writeString(dir.resolve("tls.key"), Pem.text(next.key()));
    assertThat(certificates.refresh()).isEmpty();
    assertThat(certificates.key().identity().certificate()).isEqualTo(next.certificate());
  }

  @Test
  void aHandshakeEndsWithTheIdentityThatItBeganWith() {
    Authority authority = Authority.make(NOW.instant());
    Identity first = authority.issue(HOSTS, NOW.instant(), Duration.ofDays(1));
    Identity second = authority.issue(HOSTS, NOW.instant(), Duration.ofDays(1));
    ServingKey key = new ServingKey(first);
    String begun = key.chooseEngineServerAlias("EC", null, null);
    key.show(second);
    assertThat(key.getCertificateChain(begun)).containsExactly(first.certificate());
    assertThat(key.getPrivateKey(begun)).isEqualTo(first.key());
    String next = key.chooseEngineServerAlias("EC", null, null);
    assertThat(key.getPrivateKey(next)).isEqualTo(second.key());
  }

  private CertificateFolder folder() {
    return new CertificateFolder(dir);
  }

  /** A clock that a test moves. */
  private static final class MovingClock extends Clock {
    private Instant now;

    MovingClock(Instant now) {
      this.now = now;
    }

    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
