package io.portcullis.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.portcullis.tls.Rotation.Standing;
import io.portcullis.tls.Rotation.Step;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the ring: days are counted from the first step. */
class RotationTest {
  private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
  private static final Lifetimes LIFETIMES =
      new Lifetimes(Duration.ofDays(300), Duration.ofDays(90), Duration.ofDays(3));
  private static final Set<String> HOSTS = Hosts.with(List.of("gate.example.com", "192.0.2.7"));
  private static final Rotation ROTATION = new Rotation(HOSTS, LIFETIMES);

  private static final KeyRing FIRST = written(standing(Optional.empty()), 0);

  @Test
  void fromNothingAnAuthorityAndItsCertificateAreMade() throws GeneralSecurityException {
    assertThat(FIRST.authorities()).hasSize(1);
    X509Certificate certificate = FIRST.identity().certificate();
    certificate.verify(FIRST.authorities().getFirst().getPublicKey());
    assertThat(certificate.getNotAfter()).isEqualTo(day(90));
    assertThat(FIRST.authorities().getFirst().getNotAfter()).isEqualTo(day(300));
  }

  @ParameterizedTest
  @CsvSource({"0, false", "59, false", "60, true", "89, true", "91, true"})
  void theCertificateIsRenewedAtTwoThirds(int day, boolean renewed) {
    Step step = ROTATION.next(standing(Optional.of(FIRST)), day(day).toInstant());
    assertThat(step instanceof Step.Write).isEqualTo(renewed);
    if (step instanceof Step.Write(KeyRing next, String why)) {
      assertThat(why).startsWith("a new certificate");
      assertThat(next.bundle()).isEqualTo(FIRST.bundle());
      assertThat(next.identity().certificate().getNotAfter()).isEqualTo(day(day + 90));
    }
  }

  @Test
  void aNewAuthorityIsTrustedBeforeItIssuesAndTheOldOneAfterThat() {
    KeyRing renewed = written(standing(Optional.of(FIRST)), 199);

    KeyRing both = written(standing(Optional.of(renewed)), 200);
    assertThat(both.authorities()).hasSize(2).contains(FIRST.authorities().getFirst());
    assertThat(both.identity()).isEqualTo(renewed.identity());

    assertThat(ROTATION.next(trusted(both, 200), at(202))).isInstanceOf(Step.Keep.class);
    KeyRing issued = written(trusted(both, 200), 203);
    assertThat(issued.authorities()).isEqualTo(both.authorities());
    assertThat(issued.isOfTheFirst()).isTrue();

    assertThat(ROTATION.next(trusted(issued, 200), at(205))).isInstanceOf(Step.Keep.class);
    KeyRing alone = written(trusted(issued, 200), 206);
    assertThat(alone.authorities()).containsExactly(both.authorities().getFirst());
    assertThat(alone.identity()).isEqualTo(issued.identity());
    assertThat(ROTATION.next(trusted(alone, 206), at(206))).isInstanceOf(Step.Keep.class);
  }

  @Test
  void whoCouldNotBeToldIsWaitedFor() {
    KeyRing renewed = written(standing(Optional.of(FIRST)), 199);
    KeyRing both = written(standing(Optional.of(renewed)), 200);
    assertThat(ROTATION.next(standing(Optional.of(both)), at(230))).isInstanceOf(Step.Keep.class);
    assertThat(ROTATION.next(trusted(both, 229), at(230))).isInstanceOf(Step.Keep.class);
  }

  @Test
  void aCertificateThatHasEndedWaitsForNobody() {
    KeyRing renewed = written(standing(Optional.of(FIRST)), 199);
    KeyRing both = written(standing(Optional.of(renewed)), 200);
    assertThat(written(standing(Optional.of(both)), 289).isOfTheFirst()).isTrue();
  }

  @Test
  void aLostSecretBecomesANewAuthorityAndWhatIsShownStaysTrusted() {
    KeyRing next = written(new Standing(Optional.empty(), Optional.of(FIRST), Optional.empty()), 9);
    assertThat(next.authorities()).hasSize(2).contains(FIRST.authorities().getFirst());
    assertThat(next.identity()).isEqualTo(FIRST.identity());
    assertThat(next.authorityKey()).isNotEqualTo(FIRST.authorityKey());
  }

  @Test
  void lostAgainAndAgainItTrustsNoMoreThanTwo() {
    Optional<KeyRing> shown = Optional.of(FIRST);
    for (int day = 1; day < 5; day++) {
      shown = Optional.of(written(new Standing(Optional.empty(), shown, Optional.empty()), day));
    }
    assertThat(shown.orElseThrow().authorities())
        .hasSize(2)
        .contains(FIRST.authorities().getFirst());
  }

  @Test
  void anAuthorityThatHasEndedIsForgotten() {
    KeyRing next = written(standing(Optional.of(FIRST)), 300);
    assertThat(next.authorities()).hasSize(1).doesNotContainAnyElementsOf(FIRST.authorities());
  }

  @Test
  void otherNamesAreAnotherCertificateOfTheSameAuthority() {
    Rotation more = new Rotation(Hosts.with(List.of("other.example.com")), LIFETIMES);
    Step step = more.next(standing(Optional.of(FIRST)), at(1));
    assertThat(step)
        .isInstanceOfSatisfying(
            Step.Write.class, write -> assertThat(write.next().bundle()).isEqualTo(FIRST.bundle()));
  }

  @Test
  void aCertificateNeverOutlivesItsAuthority() {
    Lifetimes equal = new Lifetimes(Duration.ofDays(90), Duration.ofDays(90), Duration.ofDays(3));
    KeyRing old = written(new Rotation(HOSTS, equal), standing(Optional.empty()), 0);
    KeyRing other =
        written(new Rotation(Hosts.with(List.of()), equal), standing(Optional.of(old)), 30);
    assertThat(other.identity().certificate().getNotAfter()).isEqualTo(day(90));
  }

  @Test
  void whatIsWrittenCanBeRead() {
    KeyRing both = written(standing(Optional.of(FIRST)), 200);
    assertThat(KeyRing.read(both.data())).isEqualTo(both);
  }

  @ParameterizedTest
  @CsvSource({
    "ca.crt, '', there is no CERTIFICATE in it",
    "ca.key, bm9uc2Vuc2U=, there is no PRIVATE KEY in it that is not encrypted",
    "tls.crt, '***', Illegal base64 character 2a",
  })
  void aBrokenSecretSaysWhatIsBroken(String key, String value, String message) {
    Map<String, String> data = new HashMap<>(FIRST.data());
    data.put(key, value);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyRing.read(data))
        .withMessage(key + ": " + message);
  }

  @Test
  void keysAndCertificatesOfTwoRingsDoNotMix() {
    KeyRing other = written(standing(Optional.empty()), 0);
    for (String key : FIRST.data().keySet()) {
      Map<String, String> data = new HashMap<>(FIRST.data());
      data.put(key, other.data().get(key));
      assertThatIllegalArgumentException().as(key).isThrownBy(() -> KeyRing.read(data));
    }
  }

  @Test
  void lifetimesThatLeaveNoTimeAreRefused() {
    Duration day = Duration.ofDays(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Lifetimes(day.multipliedBy(9), day.multipliedBy(3), day))
        .withMessage("the overlap must be shorter than a third of the certificate's life");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Lifetimes(day, day.multipliedBy(9), day))
        .withMessage("the certificate's life must not be longer than the authority's");
  }

  private static Standing standing(Optional<KeyRing> stored) {
    return new Standing(stored, Optional.empty(), Optional.empty());
  }

  private static Standing trusted(KeyRing stored, int since) {
    return new Standing(Optional.of(stored), Optional.empty(), Optional.of(at(since)));
  }

  private static KeyRing written(Standing standing, int day) {
    return written(ROTATION, standing, day);
  }

  private static KeyRing written(Rotation rotation, Standing standing, int day) {
    return switch (rotation.next(standing, at(day))) {
      case Step.Write(KeyRing next, String _) -> next;
      case Step.Keep() -> throw new AssertionError("nothing is due on day " + day);
    };
  }

  private static Instant at(int day) {
    return START.plus(Duration.ofDays(day));
  }

  private static Date day(int day) {
    return Date.from(at(day));
  }
}
