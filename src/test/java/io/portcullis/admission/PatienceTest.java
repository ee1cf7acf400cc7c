package io.portcullis.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatienceTest {
  @ParameterizedTest
  @CsvSource({
    "2s, 1800",
    "3s, 2700",
    "500ms, 450",
    "300ms, 250",
    "60ms, 30",
    "1m30s, 27000",
    "1.5s, 1350",
    "24h, 27000",
    "soon, 9000",
    "3, 9000",
    "s, 9000",
    "-3s, 9000",
    "0s, 9000",
    "'', 9000"
  })
  void leavesTheAnswerTimeForItsWayBack(String timeout, long millis) {
    assertThat(Patience.toDecide(Optional.of(timeout))).isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void withoutATimeoutItIsTheUsualOne() {
    assertThat(Patience.toDecide(Optional.empty())).isEqualTo(Duration.ofSeconds(9));
  }
}
