package io.portcullis.kube.read;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** What people are told where SnakeYAML gives up: what is wrong here and how to mend it. */
final class YamlWords {
  private YamlWords() {}

  static String of(MarkedYAMLException e, Function<Mark, Position> positions) {
    String problem = Optional.ofNullable(e.getProblem()).orElse("the text is no YAML");
    String context = Optional.ofNullable(e.getContext()).orElse("");
    String begin =
        Optional.ofNullable(e.getContextMark())
            .map(positions)
            .map(at -> " that begins on line %d, column %d".formatted(at.line(), at.column()))
            .orElse("");
    if (problem.contains("(TAB)")) {
      return "a tab stands where only spaces may: indent and separate with spaces";
    }
    if (problem.contains("cannot start any token")) {
      return "%s cannot begin a value: put the value into quotes".formatted(quoted(problem));
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return "a second \":\" in one value, or a line that is indented wrongly: quote the value, or"
          + " indent the key like its neighbours";
    }
    if (problem.startsWith("expected <block end>")) {
      return "this does not fit the block%s: check the indentation".formatted(begin);
    }
    if (problem.startsWith("expected '<document start>'")) {
      return "more text after the end of the document: begin the next one with a line ---";
    }
    return inside(problem, context, begin);
  }

  private static String inside(String problem, String context, String begin) {
    if (context.contains("flow sequence")) {
      return "the list%s is not closed: \",\" or \"]\" is wanted here".formatted(begin);
    }
    if (context.contains("flow mapping")) {
      return "the map%s is not closed: \",\" or \"}\" is wanted here".formatted(begin);
    }
    if (context.contains("quoted scalar")) {
      return problem.contains("escape")
          ? "%s: double the backslash, or use single quotes".formatted(problem)
          : "the quoted text%s has no closing quote".formatted(begin);
    }
    return context.isEmpty() ? problem : context.toLowerCase(Locale.ROOT) + ", " + problem;
  }

  /** The character that a sentence of SnakeYAML's names in single quotes, in double ones. */
  private static String quoted(String problem) {
    int from = problem.indexOf('\'') + 1;
    int to = problem.indexOf('\'', from);
    return to < 0 ? "this character" : "\"" + problem.substring(from, to) + "\"";
  }
}
