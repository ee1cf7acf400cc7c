package io.portcullis.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
  @Test
  void aKeyIsThereUntilItIsTakenAwayAsOftenAsItWasAdded() {
    Tally<String> twice = Tally.<String>empty().plus(List.of("a", "b")).plus(List.of("a"));
    assertThat(twice.minus(List.of("a")).has("a")).isTrue();
    assertThat(twice.minus(List.of("a")).minus(List.of("a")).has("a")).isFalse();
    assertThat(twice.has("b")).isTrue();
  }

  @Test
  void whatWasNeverAddedCanBeTakenAway() {
    assertThat(Tally.<String>empty().minus(List.of("a")).plus(List.of("a")).has("a")).isTrue();
  }
}
