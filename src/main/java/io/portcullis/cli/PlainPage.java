package io.portcullis.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A page of Markdown as people read it in a terminal. Knows what our own pages use, no more. */
final class PlainPage {
  private static final String FENCE = "```";
  private static final String INDENT = "    ";

  private final StringBuilder text = new StringBuilder();
  private final List<List<String>> table = new ArrayList<>();
  private boolean code;

  private PlainPage() {}

  static String of(String markdown) {
    PlainPage page = new PlainPage();
    markdown.lines().forEach(page::line);
    page.endTable();
    return page.text.toString();
  }

  private void line(String line) {
    if (!line.startsWith("|")) {
      endTable();
    }
    if (line.startsWith(FENCE)) {
      code = !code;
    } else if (code) {
      add(line.isEmpty() ? line : INDENT + line);
    } else if (line.startsWith("|")) {
      row(line);
    } else if (line.startsWith("##")) {
      add(words(line).toUpperCase(Locale.ROOT));
    } else {
      add(words(line));
    }
  }

  /** A row of a table; the one that only rules lines is left out. */
  private void row(String line) {
    List<String> cells =
        Arrays.stream(line.substring(1).split("(?<!\\\\)\\|"))
            .map(cell -> words(cell.strip()).replace("\\|", "|"))
            .toList();
    if (cells.stream().anyMatch(cell -> !cell.matches(":?-+:?"))) {
      table.add(cells);
    }
  }

  private void endTable() {
    for (List<String> row : table) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        boolean last = column == row.size() - 1;
        String cell = row.get(column);
        line.append(last ? cell : cell + " ".repeat(width(column) + 2 - cell.length()));
      }
      add(line.toString().stripTrailing());
    }
    table.clear();
  }

  private int width(int column) {
    return table.stream()
        .filter(row -> column < row.size())
        .mapToInt(row -> row.get(column).length())
        .max()
        .orElse(0);
  }

  private void add(String line) {
    text.append(line).append(System.lineSeparator());
  }

  /** Without the marks of headings, links, code and emphasis. */
  private static String words(String line) {
    return line.replaceFirst("^#+ +", "")
        .replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
        .replaceAll("\\*\\*([^*]+)\\*\\*", "$1")
        .replace("`", "");
  }
}
