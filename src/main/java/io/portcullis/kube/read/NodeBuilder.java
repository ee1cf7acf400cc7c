package io.portcullis.kube.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the readers of YAML and JSON share: the bounds of a document, and keys that are given twice.
 */
final class NodeBuilder {
  /** Deeper than any object of the API; CustomResourceDefinitions come to about 80. */
  private static final int MOST_DEPTH = 500;

  /** A document of 16 MiB with values of 16 characters. What an alias stands for counts again. */
  private static final int MOST_VALUES = 1_000_000;

  private final List<YamlProblem> problems = new ArrayList<>();
  private int depth;
  private int values;

  /** Counts a value. */
  void count(Position position) {
    count(1, position);
  }

  /** Counts what an alias stands for. */
  void count(int more, Position position) {
    values += more;
    if (values > MOST_VALUES) {
      throw new Refused(
          position,
          "the document has more than %d values, aliases counted as often as they are used"
              .formatted(MOST_VALUES));
    }
  }

  /** How many values there are by now. */
  int values() {
    return values;
  }

  void enter(Position position) {
    depth++;
    if (depth > MOST_DEPTH) {
      throw new Refused(
          position, "the document is nested more than %d levels deep".formatted(MOST_DEPTH));
    }
  }

  void leave() {
    depth--;
  }

  void problem(Position position, String message) {
    problems.add(new YamlProblem(position, message));
  }

  /** Notes an entry; where its key was given before, says so, and the entry is not to count. */
  boolean isNew(Node.Entry entry, Map<String, Node.Entry> written) {
    Node.Entry first = written.putIfAbsent(entry.key(), entry);
    if (first != null) {
      problem(
          entry.keyPosition(),
          "the key \"%s\" is given twice, first on line %d, column %d: keep one of them"
              .formatted(entry.key(), first.keyPosition().line(), first.keyPosition().column()));
    }
    return first == null;
  }

  /** The document, given what was read of it before it ended or broke. */
  Optional<Yaml.Document> document(Optional<Node> root) {
    if (!problems.isEmpty()) {
      problems.sort(
          Comparator.comparingInt((YamlProblem problem) -> problem.position().line())
              .thenComparingInt(problem -> problem.position().column()));
      return Optional.of(new Yaml.Document.Broken(problems, root));
    }
    return root.filter(node -> !isNull(node)).map(Yaml.Document.Sound::new);
  }

  private static boolean isNull(Node node) {
    return node instanceof Node.Scalar scalar && scalar.type() == Node.Scalar.Type.NULL;
  }
}
