package io.portcullis.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A sentence that must hold for every list of steps. Lists are made from seeds; one that breaks the
 * sentence is cut down to the steps that matter before it is shown.
 */
public final class Property {
  private static final long FIRST_SEED = Long.getLong("portcullis.seed", 20_261_123L);

  /** A sentence that takes long to break would take hours to shrink. */
  private static final Duration SHRINK_FOR = Duration.ofSeconds(20);

  private Property() {}

  /**
   * Checks the sentence for that many lists.
   *
   * @param check throws where the sentence does not hold
   */
  public static <T> void forAll(
      int runs, Function<Random, List<T>> steps, Consumer<List<T>> check) {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + runs; seed++) {
      List<T> all = steps.apply(new Random(seed));
      Optional<Throwable> broken = run(all, check);
      if (broken.isPresent()) {
        List<T> few = shrink(all, check);
        Throwable why = run(few, check).orElse(broken.get());
        throw new AssertionError(
            "seed %d, %d of %d steps: %s".formatted(seed, few.size(), all.size(), few), why);
      }
    }
  }

  private static <T> List<T> shrink(List<T> failing, Consumer<List<T>> check) {
    List<T> few = failing;
    long end = System.nanoTime() + SHRINK_FOR.toNanos();
    for (int chunk = few.size() / 2; chunk > 0; chunk /= 2) {
      for (int from = 0; from + chunk <= few.size() && System.nanoTime() < end; ) {
        List<T> fewer = new ArrayList<>(few);
        fewer.subList(from, from + chunk).clear();
        if (run(fewer, check).isPresent()) {
          few = fewer;
        } else {
          from += chunk;
        }
      }
    }
    return few;
  }

  private static <T> Optional<Throwable> run(List<T> steps, Consumer<List<T>> check) {
    try {
      check.accept(steps);
      return Optional.empty();
    } catch (AssertionError | RuntimeException e) {
      return Optional.of(e);
    }
  }
}
