package io.portcullis.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.proof.Property;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearestTest {
  @ParameterizedTest
  @CsvSource({
    "chekout, checkout", // a letter left out
    "checkuot, checkout", // a swap counts one
    "checkoout, checkout", // a letter too many
    "frontent, frontend",
    "Web, web", // letter case always counts
    "FRONTEND, frontend",
    "payment-service, payment-servcie",
    "team-payments-eu, team-paymnets-eu", // a slip in a long part
    "orders-wbe, orders-web", // a swap in a short one
    "orders-apl, orders-api", // and one letter
  })
  void aSlipIsNear(String written, String candidate) {
    assertThat(Nearest.isNear(written, candidate)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "chekuot, checkout", // two slips, and a quarter of seven letters is one
    "web, wex", // a quarter of three letters is nothing
    "api, app",
    "shop-v1, shop-v2", // digits are meant
    "redis-6379, redis-6380",
    "backend1, backend", // a number more is meant too
    "tenant-a, tenant-b", // a letter of its own is meant
    "payments-eu, payments-us", // so are two
    "orders-job, orders-web", // and most of three
    "orders-dev, orders-web",
    "mail.hub, mail.job",
    "frontend, backend",
    "checkout, checkout", // the same is not near
    "payments, paying",
  })
  void anotherNameIsNotNear(String written, String candidate) {
    assertThat(Nearest.isNear(written, candidate)).isFalse();
  }

  @Test
  void theNearestComesFirstAndTiesInOrder() {
    assertThat(Nearest.allTo("checkout", List.of("checkoutx", "chekcout", "Checkout", "other")))
        .containsExactly("Checkout", "checkoutx", "chekcout");
    assertThat(Nearest.to("nothing", List.of("like", "it"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"mod, mode", "of, off", "wran, warn", "mdoe, mode", "warm, warn", "dney, deny"})
  void ofFewWordsAShortOneIsNearByOneLetter(String written, String meant) {
    assertThat(Nearest.ofFew(written, List.of("deny", "mode", "off", "warn"))).contains(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "", "f", "on", "never"})
  void ofFewWordsNotEveryOneIsNear(String written) {
    assertThat(Nearest.ofFew(written, List.of("deny", "mode", "off", "warn"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"ca, abc, 3", "abcd, abdc, 1", "abcd, dcba, 3", "kitten, sitting, 3", "ab, ab, 0"})
  void theDistanceIsOptimalStringAlignment(String one, String other, int distance) {
    assertThat(Nearest.distance(one, other)).isEqualTo(distance);
    assertThat(Nearest.distance(other, one)).isEqualTo(distance);
  }

  @Test
  void whatBothShareAtTheirEndsDoesNotCount() {
    Property.forAll(
        2_000,
        random -> List.of(letters(random), letters(random)),
        pair ->
            assertThat(Nearest.distance(pair.getFirst(), pair.getLast()))
                .isEqualTo(Nearest.aligned(pair.getFirst(), pair.getLast())));
  }

  @Test
  void whatIsWithinADistanceIsAtMostSoFarApart() {
    Property.forAll(
        2_000,
        random -> List.of(letters(random), letters(random)),
        pair -> {
          int distance = Nearest.aligned(pair.getFirst(), pair.getLast());
          for (int most = 0; most <= 3; most++) {
            assertThat(Nearest.isWithin(most, pair.getFirst(), pair.getLast()))
                .isEqualTo(distance <= most);
          }
        });
  }

  @Test
  void whatIsNearIsSoByItsDistance() {
    Property.forAll(
        2_000,
        random -> List.of(letters(random), letters(random)),
        pair -> {
          String written = pair.getFirst();
          String candidate = pair.getLast();
          int distance = Nearest.aligned(written, candidate);
          assertThat(Nearest.isNear(written, candidate))
              .isEqualTo(distance > 0 && distance <= Math.min(2, written.length() / 4));
        });
  }

  private static String letters(Random random) {
    return random
        .ints(random.nextInt(12), 'a', 'd')
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
