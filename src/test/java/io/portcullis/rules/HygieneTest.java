package io.portcullis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.finding.Judged;
import io.portcullis.finding.Mode;
import io.portcullis.settings.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule is listed, documented and sampled, and nothing is left over. */
class HygieneTest {
  private static final Path SAMPLES = Path.of("src/test/resources/rules");
  private static final Path PAGES = Path.of("docs/rules");
  private static final Path TABLE = Path.of("docs/samples.md");
  private static final Path CLASSES = Path.of("src/main/java/io/portcullis/rules");
  private static final RuleBook BOOK = RuleBook.standard();

  static Stream<Rule> rules() {
    return BOOK.rules().stream();
  }

  @Test
  void theBookIsInTheOrderOfNames() {
    assertThat(ids()).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void eachRuleIsKnownToSettings() {
    assertThat(Catalogue.ids()).containsAll(ids());
  }

  @Test
  void eachClassThatIsARuleIsInTheBook() throws IOException {
    Set<String> listed =
        rules().map(rule -> rule.getClass().getSimpleName() + ".java").collect(Collectors.toSet());
    assertThat(names(CLASSES, ".java"))
        .filteredOn(HygieneTest::isRule)
        .containsExactlyInAnyOrderElementsOf(listed);
  }

  @Test
  void eachRuleHasAPageAndEachPageARule() throws IOException {
    assertThat(names(PAGES, ".md"))
        .containsExactlyInAnyOrderElementsOf(ids().stream().map(id -> id + ".md").toList());
  }

  @Test
  void eachRuleHasSamplesAndEachFolderOfSamplesARule() throws IOException {
    assertThat(names(SAMPLES, "")).containsExactlyInAnyOrderElementsOf(ids());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void eachClassIsNamedAfterItsId(Rule rule) {
    String fromId =
        Stream.of(rule.info().id().split("-"))
            .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
            .collect(Collectors.joining());
    assertThat(rule.getClass().getSimpleName()).isEqualTo(fromId);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRuleHasSamplesThatAreAllowedAndOnesThatAreNot(Rule rule) throws IOException {
    Set<String> promises =
        names(SAMPLES.resolve(rule.info().id()), ".findings").stream()
            .map(name -> name.replaceFirst("-.*", ""))
            .collect(Collectors.toSet());
    assertThat(promises).contains("allowed").containsAnyOf("denied", "warned");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void eachExpectationHasItsSampleAndEachSampleItsExpectation(Rule rule) throws IOException {
    Path folder = SAMPLES.resolve(rule.info().id());
    assertThat(stems(folder, ".findings")).isEqualTo(stems(folder, ".yaml"));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void thePageBeginsWithTheIdAndSaysWhyAndHow(Rule rule) throws IOException {
    String page = page(rule);
    assertThat(page).startsWith("# " + rule.info().id() + "\n\n" + rule.info().summary() + ".\n");
    assertThat(page)
        .contains("## Why\n", "## " + wrong(rule) + "\n", "## Mended\n", "## Parameters\n");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void thePagesWrongManifestIsRefusedOrWarnedAboutAndTheMendedOneIsFine(Rule rule)
      throws IOException {
    String page = page(rule);
    Mode mode = isGentle(rule) ? Mode.WARN : Mode.DENY;
    List<Judged> refused = shown(rule, page, wrong(rule)).judge().findings();
    assertThat(refused)
        .filteredOn(judged -> judged.mode() == mode)
        .extracting(judged -> judged.finding().rule())
        .contains(rule.info().id());
    assertThat(shown(rule, page, "Mended").findings()).isEmpty();
  }

  /** {@code -Dportcullis.samples.write=true} writes the table. */
  @Test
  void theTableOfSamplesSaysWhatIsInTheFolders() throws IOException {
    StringBuilder table =
        new StringBuilder(
            "| rule | samples allowed | denied | warned |\n| --- | --: | --: | --: |\n");
    for (String id : ids()) {
      List<String> samples = names(SAMPLES.resolve(id), ".findings");
      table.append("| [%s](rules/%s.md) ".formatted(id, id));
      for (String promise : List.of("allowed-", "denied-", "warned-")) {
        long count = samples.stream().filter(name -> name.startsWith(promise)).count();
        table.append("| %d ".formatted(count));
      }
      table.append("|\n");
    }
    String page = Files.readString(TABLE);
    String before = page.substring(0, page.indexOf("| rule |"));
    if (Boolean.getBoolean("portcullis.samples.write")) {
      Files.writeString(TABLE, before + table);
    }
    assertThat(Files.readString(TABLE)).isEqualTo(before + table);
  }

  private static List<String> ids() {
    return rules().map(rule -> rule.info().id()).toList();
  }

  private static boolean isRule(String file) {
    try {
      String text = Files.readString(CLASSES.resolve(file));
      return text.contains("class")
          && text.matches("(?s).*implements (Mutating|Guarding)?Rule\\b.*");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The heading over the page's wrong manifest. */
  private static String wrong(Rule rule) throws IOException {
    return isGentle(rule) ? "Warned" : "Refused";
  }

  /** Whether the rule never refuses anything, by its samples. */
  private static boolean isGentle(Rule rule) throws IOException {
    return names(SAMPLES.resolve(rule.info().id()), ".findings").stream()
        .noneMatch(name -> name.startsWith("denied-"));
  }

  /** A page's manifest as the rule is asked about it: some speak only of all that there is. */
  private static Sample sample(Rule rule, String yaml) throws IOException {
    boolean speaksAtTheGate =
        names(SAMPLES.resolve(rule.info().id()), ".yaml").stream()
            .anyMatch(name -> !name.startsWith("allowed-") && !name.endsWith(".whole.yaml"));
    return speaksAtTheGate ? Sample.creation(yaml) : Sample.whole(yaml);
  }

  private static String page(Rule rule) throws IOException {
    return Files.readString(PAGES.resolve(rule.info().id() + ".md"));
  }

  /** The manifest under a heading; of two the first is stored, and changed to the second. */
  private static Sample shown(Rule rule, String page, String section) throws IOException {
    Matcher text = Pattern.compile("(?s)## " + section + "\n(.*?)(?=\n## )").matcher(page);
    assertThat(text.find()).as("the section " + section).isTrue();
    List<String> blocks =
        Pattern.compile("(?s)```yaml\n(.*?)```")
            .matcher(text.group(1))
            .results()
            .map(block -> block.group(1))
            .toList();
    assertThat(blocks).as("yaml blocks under " + section).hasSizeBetween(1, 2);
    return blocks.size() == 1
        ? sample(rule, blocks.getFirst())
        : Sample.update(blocks.getFirst(), blocks.getLast());
  }

  private static Set<String> stems(Path folder, String ending) throws IOException {
    return names(folder, ending).stream()
        .map(name -> name.replaceFirst("(\\.old|\\.new|\\.deleted|\\.whole)?\\" + ending + "$", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> names(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .sorted()
          .toList();
    }
  }
}
