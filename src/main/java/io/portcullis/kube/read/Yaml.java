package io.portcullis.kube.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a YAML or JSON text the way kubectl does: documents are parted by lines that begin with
 * {@code ---}, a document that begins with a brace is JSON if it can be, JSON objects may follow
 * one another, and plain scalars have YAML 1.1's types ({@code off} is false, {@code 010} is
 * eight). Stricter than kubectl in one thing: a key that is given twice is a problem.
 *
 * <p>Safe on any text: nothing is thrown, tags make no objects, depth and size are bounded, aliases
 * count as often as they are used. Documents without a value (comments only, {@code null}) are left
 * out. Positions are those of the whole text.
 */
public final class Yaml {
  private static final String SEPARATOR = "---";

  /** Fewer documents than this are read sooner one after the other. */
  private static final int MANY = 16;

  private static final Pattern QUOTED_KEY = Pattern.compile("\\s*\\{\\s*\"");

  /** One document of a text. */
  public sealed interface Document {
    /** Where it begins: its first value, or the problem that came before any. */
    Position position();

    /** A document that could be read. */
    record Sound(Node root) implements Document {
      @Override
      public Position position() {
        return root.position();
      }
    }

    /**
     * A document that could not be read, or not without doubt.
     *
     * @param problems at least one, in the order of the text
     * @param rest what the document says apart from the problems, where that much is sure: the
     *     first of two equal keys counts
     */
    record Broken(List<YamlProblem> problems, Optional<Node> rest) implements Document {
      public Broken {
        if (problems.isEmpty()) {
          throw new IllegalArgumentException("a broken document has at least one problem");
        }
        problems = List.copyOf(problems);
      }

      @Override
      public Position position() {
        return problems.getFirst().position();
      }
    }
  }

  private Yaml() {}

  /**
   * The documents of a text, in its order; of many several are read at a time. A broken one does
   * not keep the others from being read.
   */
  public static List<Document> documents(String text) {
    List<Part> parts = parts(text.startsWith("\uFEFF") ? text.substring(1) : text);
    Stream<Part> stream = parts.size() < MANY ? parts.stream() : parts.parallelStream();
    return stream.flatMap(part -> read(part).stream()).toList();
  }

  private static List<Document> read(Part part) {
    if (part.text.length() > YamlComposer.MOST_CHARACTERS) {
      return List.of(
          broken(
              new Position(part.line, 1),
              "the document has more than %d characters".formatted(YamlComposer.MOST_CHARACTERS)));
    }
    if (!part.separator.isEmpty()) {
      return List.of(
          broken(
              new Position(part.line, 1),
              "\"---%s\" neither separates documents nor belongs to one: put what follows --- on a line of its own"
                  .formatted(part.separator)));
    }
    return part.text.stripLeading().startsWith("{") ? jsonOrYaml(part) : yaml(part);
  }

  /** A brace begins a map in either; where both fail, a quoted key tells what was meant. */
  private static List<Document> jsonOrYaml(Part part) {
    List<Document> json = JsonNodes.read(part.text, part.line);
    if (json.stream().allMatch(Document.Sound.class::isInstance)) {
      return json;
    }
    List<Document> yaml = yaml(part);
    boolean meantJson = QUOTED_KEY.matcher(part.text).lookingAt();
    return meantJson && yaml.stream().anyMatch(Document.Broken.class::isInstance) ? json : yaml;
  }

  private static List<Document> yaml(Part part) {
    return new YamlComposer(part.text, part.line).document().stream().toList();
  }

  static Document broken(Position position, String message) {
    return new Document.Broken(List.of(new YamlProblem(position, message)), Optional.empty());
  }

  /**
   * What stands between two separators.
   *
   * @param line the number of its first line, from 1
   * @param separator what follows the dashes of a separator that is none
   */
  private record Part(String text, int line, String separator) {}

  private static List<Part> parts(String text) {
    List<Part> parts = new ArrayList<>();
    int begin = 0;
    int beginLine = 1;
    int line = 1;
    int at = 0;
    boolean feedsOnly = text.indexOf('\r') < 0;
    while (at < text.length()) {
      int next = feedsOnly ? nextFeed(text, at) : nextLine(text, at);
      if (text.startsWith(SEPARATOR, at)) {
        parts.add(new Part(text.substring(begin, at), beginLine, ""));
        String after = text.substring(at + SEPARATOR.length(), next).stripTrailing();
        if (!after.isEmpty() && !after.stripLeading().startsWith("#")) {
          parts.add(new Part("", line, after));
        }
        begin = next;
        beginLine = line + 1;
      }
      at = next;
      line++;
    }
    parts.add(new Part(text.substring(begin), beginLine, ""));
    return parts;
  }

  /** Where the line after this one begins. A break is LF, CRLF or a CR alone. */
  private static int nextLine(String text, int from) {
    for (int at = from; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\n') {
        return at + 1;
      }
      if (c == '\r') {
        return text.startsWith("\n", at + 1) ? at + 2 : at + 1;
      }
    }
    return text.length();
  }

  /** The same of a text in which every break is an LF: many times as fast. */
  private static int nextFeed(String text, int from) {
    int feed = text.indexOf('\n', from);
    return feed < 0 ? text.length() : feed + 1;
  }
}
