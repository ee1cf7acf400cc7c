package io.portcullis.kube.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.kube.FieldPath;
import io.portcullis.kube.read.Yaml.Document.Broken;
import io.portcullis.kube.read.Yaml.Document.Sound;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {
  @Test
  void positionsAreThoseOfTheWholeFile() {
    List<Yaml.Document> documents =
        Yaml.documents(
            """
            # a comment
            kind: Pod
            ---
            # another
            kind: Service
            spec:
              ports:
              - port: 80
            """);

    assertThat(documents).hasSize(2);
    Node service = sound(documents.get(1));
    assertThat(service.position()).isEqualTo(new Position(5, 1));
    assertThat(service.positionOf(FieldPath.of("spec", "ports").index(0).field("port")))
        .isEqualTo(new Position(8, 5));
    assertThat(service.find(FieldPath.of("spec", "ports").index(0).field("port")).orElseThrow())
        .isEqualTo(new Node.Scalar(new Position(8, 11), "80", Node.Scalar.Type.INTEGER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "# only words",
        "---",
        "---\n---\n",
        "--- # head\n# words\n---   ",
        "null",
        "~",
        "\uFEFF",
      })
  void aTextWithoutValuesHasNoDocuments(String text) {
    assertThat(Yaml.documents(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: 1\r\n---\r\nb: 2\r\n", "a: 1\r---\rb: 2\r", "a: 1\n---\nb: 2\n...\n"})
  void anyLineBreakSeparates(String text) {
    assertThat(Yaml.documents(text))
        .extracting(document -> sound(document).position().line())
        .containsExactly(1, 3);
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheText() {
    assertThat(sound(Yaml.documents("\uFEFFa: 1").getFirst()))
        .extracting(node -> ((Node.Mapping) node).entries().getFirst().key())
        .isEqualTo("a");
  }

  /** 32 bits do not hold them, so that their key was once asked to be a decimal number. */
  @Test
  void keysThatAreNumbersTooLargeAreInfinite() {
    assertThat(Yaml.documents("1e300: a\n-99999999999999999999999999999999999999999: b\n"))
        .extracting(YamlTest::sound)
        .flatExtracting(node -> ((Node.Mapping) node).entries())
        .extracting(Node.Entry::key)
        .containsExactly(".inf", "-.inf");
  }

  @Test
  void dashesInsideABlockOfTextSeparateNothing() {
    assertThat(Yaml.documents("a: |\n  one\n  ---\n  two\n")).hasSize(1);
  }

  @Test
  void whatFollowsABrokenDocumentIsRead() {
    List<Yaml.Document> documents = Yaml.documents("a: 1\n---\na: [1, 2\n---\nb: 2\n");

    assertThat(documents.get(0)).isInstanceOf(Sound.class);
    assertThat(documents.get(1)).isInstanceOf(Broken.class);
    assertThat(documents.get(1).position().line()).isEqualTo(4);
    assertThat(sound(documents.get(2)).position()).isEqualTo(new Position(5, 1));
  }

  @Test
  void aDocumentMayNotBeginOnTheLineOfItsSeparator() {
    assertThat(problems("a: 1\n--- {b: 2}\nc: 3\n"))
        .containsExactly(
            "line 2, column 1: \"--- {b: 2}\" neither separates documents nor belongs to one: put"
                + " what follows --- on a line of its own");
  }

  @Test
  void everyKeyThatIsGivenTwiceIsNamedWithBothPlaces() {
    Broken broken = (Broken) Yaml.documents("a: 1\nb: {c: 1, c: 2}\na: 3\n\"a\": 4\n").getFirst();

    assertThat(broken.problems())
        .extracting(YamlProblem::toString)
        .containsExactly(
            "line 2, column 11: the key \"c\" is given twice, first on line 2, column 5: keep one"
                + " of them",
            "line 3, column 1: the key \"a\" is given twice, first on line 1, column 1: keep one of"
                + " them",
            "line 4, column 1: the key \"a\" is given twice, first on line 1, column 1: keep one of"
                + " them");
    assertThat(broken.rest()).isPresent();
  }

  @Test
  void keysThatAreEqualInJsonAreTheSameKey() {
    assertThat(problems("1: a\n\"1\": b\n")).hasSize(1);
    assertThat(problems("on: a\ntrue: b\n")).hasSize(1);
    assertThat(problems("{\"a\": 1,\n \"a\": 2}"))
        .containsExactly(
            "line 2, column 2: the key \"a\" is given twice, first on line 1, column 2: keep one of"
                + " them");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a": 1} | 1
          {"a": 1}{"b": 2} | 2
          {"a": 1}\\n\\n{"b": 2}\\n | 2
          {\\n\\t"a": [\\n\\t\\t1\\n\\t]\\n} | 1
          {"a": 1}\\n---\\n{"b": 2}\\n | 2
          {a: 1, b: [c]} | 1
          {"a": 1}\\n---\\nb: 2\\n | 2
          [1, 2] | 1
          """)
  void jsonIsReadAsKubectlReadsIt(String text, int documents) {
    assertThat(Yaml.documents(unescaped(text)))
        .hasSize(documents)
        .allSatisfy(document -> assertThat(document).isInstanceOf(Sound.class));
  }

  @Test
  void jsonKnowsItsPositions() {
    Node node = sound(Yaml.documents("# x\n---\n{\n\t\"a\": {\"b\": true}}\n").getFirst());

    assertThat(node.positionOf(FieldPath.of("a", "b"))).isEqualTo(new Position(4, 8));
    assertThat(node.find(FieldPath.of("a", "b")))
        .hasValue(new Node.Scalar(new Position(4, 13), "true", Node.Scalar.Type.BOOLEAN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      textBlock =
          """
          \\ta: b | line 1, column 1: a tab stands where only spaces may: indent and separate with spaces
          a:\\n\\tb: c | line 2, column 1: a tab stands where only spaces may: indent and separate with spaces
          a: b: c | line 1, column 5: a second ":" in one value, or a line that is indented wrongly: quote the value, or indent the key like its neighbours
          a: 1\\n b: 2 | line 2, column 3: a second ":" in one value, or a line that is indented wrongly: quote the value, or indent the key like its neighbours
          a: [1, 2 | line 1, column 9: the list that begins on line 1, column 4 is not closed: "," or "]" is wanted here
          a: {b: c\\nd: e | line 2, column 2: the map that begins on line 1, column 4 is not closed: "," or "}" is wanted here
          a: 'x | line 1, column 6: the quoted text that begins on line 1, column 4 has no closing quote
          a: "\\q" | line 1, column 6: found unknown escape character q(113): double the backslash, or use single quotes
          a: @x | line 1, column 4: "@" cannot begin a value: put the value into quotes
          a: *x | line 1, column 4: no anchor "&x" stands before "*x"
          a: &x [*x] | line 1, column 8: the anchor "x" contains itself
          a: |\\n  x\\n y | line 3, column 2: this does not fit the block that begins on line 1, column 1: check the indentation
          a: 1\\n...\\nb: 2 | line 3, column 1: more text after the end of the document: begin the next one with a line ---
          {a: 1}\\n{b: 2} | line 2, column 1: more text after the end of the document: begin the next one with a line ---
          a: \\u0007 | line 1, column 4: the character U+0007 may not stand in YAML: remove it
          ? [a]\\n: 1 | line 1, column 3: a key is a single value, not a list or a map (of a template, give what it prints)
          ~: 1 | line 1, column 1: a key may not be empty or null
          a: .inf | line 1, column 4: ".inf" is a number that JSON does not have: quote it
          a: !!int x | line 1, column 4: "x" is no value for the tag !!int
          a: !!binary \\u00e4 | line 1, column 4: the value of the tag !!binary is no base64
          a: {<<: 3} | line 1, column 9: a merge key "<<" takes a map or a list of maps
          {\\n\\t"a": 1\\n\\t"b": 2\\n} | line 3, column 2: no JSON: Unexpected character ('"' (code 34)): was expecting comma to separate Object entries
          """)
  void brokenTextsAreToldWithTheirPlaceAndTheWayOut(String text, String problem) {
    assertThat(problems(unescaped(text))).containsExactly(problem);
  }

  @Test
  void depthIsBounded() {
    assertThat(problems("a: " + "[".repeat(100_000)))
        .containsExactly("line 1, column 503: the document is nested more than 500 levels deep");
    assertThat(problems("{\"a\":" + "[".repeat(100_000)))
        .singleElement()
        .asString()
        .contains("nested more than 500 levels deep");
    assertThat(Yaml.documents("[".repeat(400) + "]".repeat(400)).getFirst())
        .isInstanceOf(Sound.class);
  }

  @Test
  void aliasesThatMultiplyAreStopped() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for (int i = 1; i < 30; i++) {
      laughs.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(8)));
    }

    assertThat(problems(laughs.toString()))
        .singleElement()
        .asString()
        .endsWith(
            "the document has more than 1000000 values, aliases counted as often as they are used");
  }

  @Test
  void noTextMakesItThrow() {
    String alphabet = "a:-[]{}#&*!|>'\"%@`,? \n\t\r~<.0\u0000\uD83D\uDE00\u2028";
    Random random = new Random(20261123);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(40); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      List<Yaml.Document> documents = Yaml.documents(text.toString());
      for (Yaml.Document document : documents) {
        assertThat(document.position().line()).isPositive();
        assertThat(document.position().column()).isPositive();
      }
    }
  }

  static Node sound(Yaml.Document document) {
    assertThat(document).isInstanceOf(Sound.class);
    return ((Sound) document).root();
  }

  private static List<String> problems(String text) {
    return Yaml.documents(text).stream()
        .filter(Broken.class::isInstance)
        .flatMap(document -> ((Broken) document).problems().stream())
        .map(YamlProblem::toString)
        .toList();
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n")
        .replace("\\t", "\t")
        .replace("\\u0007", "\u0007")
        .replace("\\u00e4", "\u00e4");
  }
}
