package io.portcullis.kube.read;

import io.portcullis.kube.FieldPath;
import java.util.List;
import java.util.Optional;

/** A value of a YAML or JSON text that knows where it stands. */
public sealed interface Node {
  /** Where it begins. */
  Position position();

  /** A map, in the order of the text; duplicate keys are an error of the reader. */
  record Mapping(Position position, List<Entry> entries) implements Node {
    public Mapping {
      entries = List.copyOf(entries);
    }

    /** The value under a key. */
    public Optional<Node> get(String key) {
      return entry(key).map(Entry::value);
    }

    public Optional<Entry> entry(String key) {
      for (Entry entry : entries) {
        if (entry.key().equals(key)) {
          return Optional.of(entry);
        }
      }
      return Optional.empty();
    }
  }

  /**
   * A key with its value.
   *
   * @param keyPosition where the key begins
   */
  record Entry(String key, Position keyPosition, Node value) {}

  /** A list. */
  record Sequence(Position position, List<Node> items) implements Node {
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /**
   * A single value.
   *
   * @param text as written, without quotes: {@code 08}, {@code off}, {@code 1.0}
   * @param type what the API server would make of it
   */
  record Scalar(Position position, String text, Type type) implements Node {
    /** The JSON type of a scalar. */
    public enum Type {
      STRING,
      INTEGER,
      FLOAT,
      BOOLEAN,
      NULL
    }
  }

  /** The value at a path below this one. */
  default Optional<Node> find(FieldPath path) {
    Optional<Node> at = Optional.of(this);
    for (FieldPath.Segment segment : path.segments()) {
      at = at.flatMap(node -> node.step(segment));
    }
    return at;
  }

  /**
   * Where to point at for a path: the value's own key if it stands in a map, else the value; where
   * it does not exist, its nearest parent that does.
   */
  default Position positionOf(FieldPath path) {
    Node at = this;
    Position best = position();
    for (FieldPath.Segment segment : path.segments()) {
      Optional<Node> next = at.step(segment);
      if (next.isEmpty()) {
        return best;
      }
      best = at.pointTo(segment).orElse(next.get().position());
      at = next.get();
    }
    return best;
  }

  private Optional<Node> step(FieldPath.Segment segment) {
    return switch (segment) {
      case FieldPath.Segment.Key key ->
          this instanceof Mapping mapping ? mapping.get(key.name()) : Optional.empty();
      case FieldPath.Segment.Index index ->
          this instanceof Sequence list && index.at() < list.items().size()
              ? Optional.of(list.items().get(index.at()))
              : Optional.empty();
    };
  }

  private Optional<Position> pointTo(FieldPath.Segment segment) {
    return segment instanceof FieldPath.Segment.Key key && this instanceof Mapping mapping
        ? mapping.entry(key.name()).map(Entry::keyPosition)
        : Optional.empty();
  }
}
