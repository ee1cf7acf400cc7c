package io.portcullis.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.proof.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The index of ranges against a walk over all of them. */
class RangeIndexTest {
  @Test
  void rangesThatMeetAreFoundAsByWalking() {
    Property.forAll(300, RangeIndexTest::steps, RangeIndexTest::answersLikeAWalk);
  }

  @Test
  void anOldIndexStaysAsItWas() {
    RangeIndex<String> old = RangeIndex.<String>empty().plus(range("10.0.0.0/8"), "a");

    old.plus(range("10.1.0.0/16"), "b");
    old.minus(range("10.0.0.0/8"), "a");

    assertThat(old.overlapping(range("10.1.2.3"))).containsExactly("a");
  }

  @Test
  void oneRangeMayStandForSeveralItems() {
    RangeIndex<String> index =
        RangeIndex.<String>empty()
            .plus(range("10.0.0.0/8"), "a")
            .plus(range("10.0.0.0/8"), "b")
            .minus(range("10.0.0.0/8"), "a");

    assertThat(index.overlapping(range("10.1.2.3"))).containsExactly("b");
  }

  @Test
  void whatIsNotThereCanBeTakenAway() {
    RangeIndex<String> index = RangeIndex.<String>empty().plus(range("10.0.0.0/8"), "a");

    assertThat(index.minus(range("10.0.0.0/8"), "b").overlapping(range("10.0.0.0/8")))
        .containsExactly("a");
    assertThat(index.minus(range("10.0.0.0/9"), "a").overlapping(range("10.0.0.0/8")))
        .containsExactly("a");
  }

  @Test
  void addressesOfTheOtherFamilyAreOtherAddresses() {
    RangeIndex<String> index =
        RangeIndex.<String>empty().plus(range("0.0.0.0/0"), "four").plus(range("::/0"), "six");

    assertThat(index.overlapping(range("10.0.0.1"))).containsExactly("four");
    assertThat(index.overlapping(range("fd00::1"))).containsExactly("six");
  }

  @Test
  void neighboursDoNotMeet() {
    RangeIndex<String> index = RangeIndex.<String>empty().plus(range("10.0.0.0/24"), "a");

    assertThat(index.overlapping(range("10.0.1.0/24"))).isEmpty();
    assertThat(index.overlapping(range("10.0.0.255-10.0.1.0"))).containsExactly("a");
  }

  private record Step(boolean plus, AddressRange range, int item) {}

  private static List<Step> steps(Random random) {
    List<Step> steps = new ArrayList<>();
    for (int i = random.nextInt(60); i >= 0; i--) {
      steps.add(new Step(random.nextInt(3) > 0, range(random), random.nextInt(3)));
    }
    return steps;
  }

  /** Few ranges in a small space, so that the same ones come again. */
  private static AddressRange range(Random random) {
    Address first =
        Address.parse((random.nextBoolean() ? "10.0.0." : "fd00::") + 8 * random.nextInt(10));
    return new AddressRange(first, first.plus(8L * random.nextInt(6)).orElseThrow());
  }

  private static void answersLikeAWalk(List<Step> steps) {
    RangeIndex<Integer> index = RangeIndex.empty();
    List<Step> all = new ArrayList<>();
    for (Step step : steps) {
      Step there = new Step(true, step.range(), step.item());
      if (step.plus()) {
        index = index.plus(step.range(), step.item());
        all.add(there);
      } else {
        index = index.minus(step.range(), step.item());
        all.remove(there);
      }
    }
    Random random = new Random(steps.size());
    for (int i = 0; i < 40; i++) {
      AddressRange asked = range(random);
      assertThat(index.overlapping(asked))
          .as("%s", asked)
          .containsExactlyInAnyOrderElementsOf(
              all.stream().filter(step -> step.range().overlaps(asked)).map(Step::item).toList());
    }
  }

  private static AddressRange range(String text) {
    return AddressRange.tryParse(text).orElseThrow();
  }
}
