package io.portcullis.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelectorTest {
  private static final Labels WEB = Labels.of(Map.of("app", "web", "tier", "frontend"));

  private static Requirement in(String key, String... values) {
    return new Requirement.In(key, List.of(values));
  }

  private static Requirement notIn(String key, String... values) {
    return new Requirement.NotIn(key, List.of(values));
  }

  private static boolean matches(Requirement... requirements) {
    return new Selector(List.of(requirements)).matches(WEB);
  }

  @Test
  void theEmptySelectorMatchesEverything() {
    assertThat(Selector.EVERYTHING.matches(Labels.EMPTY)).isTrue();
    assertThat(Selector.of(Labels.EMPTY)).isEqualTo(Selector.EVERYTHING);
  }

  @Test
  void allRequirementsMustHold() {
    assertThat(matches(in("app", "web"), in("tier", "frontend"))).isTrue();
    assertThat(matches(in("app", "web"), in("tier", "data"))).isFalse();
    assertThat(matches(in("app", "api", "web"))).isTrue();
  }

  @Test
  void notInAndDoesNotExistMatchAnAbsentKey() {
    assertThat(matches(notIn("zone", "a"))).isTrue();
    assertThat(matches(notIn("app", "web"))).isFalse();
    assertThat(matches(new Requirement.DoesNotExist("zone"))).isTrue();
    assertThat(matches(new Requirement.DoesNotExist("app"))).isFalse();
  }

  @Test
  void existsAsksForTheKeyOnly() {
    assertThat(matches(new Requirement.Exists("app"))).isTrue();
    assertThat(matches(new Requirement.Exists("zone"))).isFalse();
  }

  @Test
  void theOrderOfWritingDoesNotTellSelectorsApart() {
    assertThat(new Selector(List.of(in("b", "1"), in("a", "2", "1"))))
        .isEqualTo(new Selector(List.of(in("a", "1", "2"), in("b", "1"))))
        .hasToString("a in (1,2),b=1");
  }

  @Test
  void requiredPairsAreThoseWithOneValue() {
    Selector selector =
        Selector.of(Labels.of("app", "web"), List.of(in("tier", "a", "b"), notIn("x", "y")));
    assertThat(selector.requiredPairs()).isEqualTo(Labels.of("app", "web"));
  }

  @Test
  void aRequirementWithoutValuesIsRefused() {
    assertThatThrownBy(() -> new Requirement.In("app", List.of()))
        .hasMessage("the selector on \"app\" names no values: give at least one");
  }

  @Test
  void labelsAreEqualByContent() {
    assertThat(Labels.of(Map.of("b", "2", "a", "1")))
        .isEqualTo(Labels.of("a", "1").with("b", "2"))
        .hasSameHashCodeAs(Labels.of("b", "2").with("a", "1"))
        .hasToString("a=1,b=2");
    assertThat(WEB.without("tier")).isEqualTo(Labels.of("app", "web"));
    assertThat(WEB.without("zone")).isSameAs(WEB);
    assertThat(WEB.with("app", "web")).isSameAs(WEB);
  }

  @Test
  void labelsAnswerByKeyAndByPair() {
    assertThat(WEB.get("app")).contains("web");
    assertThat(WEB.get("zone")).isEmpty();
    assertThat(WEB.has("tier", "frontend")).isTrue();
    assertThat(WEB.has("tier", "data")).isFalse();
    assertThat(WEB.containsAll(Labels.of("app", "web"))).isTrue();
    assertThat(WEB.containsAll(Labels.of("app", "api"))).isFalse();
    assertThat(WEB.pairs()).extracting(Label::toString).containsExactly("app=web", "tier=frontend");
  }
}
