package io.portcullis.realapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a page of {@code docs} tells its reader to type. */
final class Page {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```[a-z]*\n(.*?)^```$");

  private Page() {}

  /** The text of the first code block of a page that contains some words. */
  static String block(String page, String words) {
    return blocks(page).stream()
        .filter(block -> block.contains(words))
        .findFirst()
        .orElseThrow(() -> new AssertionError("docs/" + page + " no longer shows " + words));
  }

  private static List<String> blocks(String page) {
    try {
      return BLOCK
          .matcher(Files.readString(Path.of("docs", page)))
          .results()
          .map((MatchResult block) -> block.group(1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
