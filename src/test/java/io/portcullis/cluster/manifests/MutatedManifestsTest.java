package io.portcullis.cluster.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.proof.Property;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing that stands in a file makes reading throw. */
class MutatedManifestsTest {
  private static final int MUTATIONS = 5_000;
  private static final String[] SPICE = {
    "",
    ":",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "&a ",
    "*a",
    "<<: ",
    "\n",
    "\t",
    "---\n",
    "null",
    "-1",
    "99999999999999999999",
    "1e400",
    ".nan",
    "!!binary x",
    "\uD83D\uDE80",
    "\u0000",
    "yes",
    "~"
  };

  /** A change of a text: some characters at a place are replaced. */
  private record Mutation(int place, int length, String instead) {
    String of(String text) {
      int from = place % (text.length() + 1);
      return text.substring(0, from)
          + instead
          + text.substring(Math.min(text.length(), from + length));
    }
  }

  @Test
  void readingNeverThrows() {
    List<String> samples = samples();
    Property.forAll(
        MUTATIONS,
        random -> mutations(random, samples.size()),
        mutations -> {
          String text = samples.get(mutations.getFirst().place() % samples.size());
          for (Mutation mutation : mutations) {
            text = mutation.of(text);
          }
          Sources sources = new Sources(List.of(new Sources.Text("x", text, true)), List.of());
          Manifests read = Manifests.of(sources, "default");
          assertThat(Surroundings.around(read.objects()).namespaces()).isNotEmpty();
        });
  }

  private static List<Mutation> mutations(Random random, int most) {
    return IntStream.rangeClosed(0, 1 + random.nextInt(3))
        .mapToObj(i ->
            new Mutation(
                random.nextInt(1_000 * most),
                random.nextInt(6),
                SPICE[random.nextInt(SPICE.length)]))
        .toList();
  }

  private static List<String> samples() {
    List<String> samples = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/validation"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).sorted().toList()) {
        samples.add(Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return samples;
  }
}
