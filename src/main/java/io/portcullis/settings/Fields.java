package io.portcullis.settings;

import io.portcullis.kube.FieldPath;
import io.portcullis.kube.read.Node;
import io.portcullis.kube.read.Position;
import io.portcullis.text.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A map whose keys are known: those that are asked for. {@link #noOthers} says which of the others
 * it has, and what they may have meant.
 */
final class Fields {
  private final Node.Mapping mapping;
  private final FieldPath path;
  private final Problems problems;
  private final List<String> known = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final Set<String> foreign = new HashSet<>();

  Fields(Node.Mapping mapping, FieldPath path, Problems problems) {
    this.mapping = mapping;
    this.path = path;
    this.problems = problems;
  }

  /** A map without keys, where there is no text to point at. */
  static Fields none(Problems problems) {
    Node.Mapping nothing = new Node.Mapping(new Position(1, 1), List.of());
    return new Fields(nothing, FieldPath.ROOT, problems);
  }

  /** The value under a key, which is known from now on. */
  Optional<Value> get(String key) {
    known.add(key);
    return mapping.get(key).map(node -> new Value(node, path.field(key), problems));
  }

  /** The value under a key that has to be there. */
  Optional<Value> need(String key) {
    Optional<Value> value = get(key);
    if (value.isEmpty()) {
      missing.add(key);
    }
    return value;
  }

  /** What the reader makes of each element of the list under a key; nothing where it is absent. */
  <T> List<T> items(String key, Function<Value, Optional<T>> reader) {
    return get(key).map(value -> value.items(reader)).orElse(List.of());
  }

  boolean hasAny(String... keys) {
    return Arrays.stream(keys).anyMatch(key -> mapping.get(key).isPresent());
  }

  /** Notes a key that belongs elsewhere, if it is here; it is not told of as a known one. */
  void foreign(String key, String message, String fix) {
    mapping
        .entry(key)
        .ifPresent(entry -> {
          foreign.add(key);
          problems.add(entry.keyPosition(), path, message, fix);
        });
  }

  void problem(String message, String fix) {
    problems.add(mapping.position(), path, message, fix);
  }

  /** Notes each key that was not asked for, and those missing that none of them may mean. */
  void noOthers() {
    for (Node.Entry entry : mapping.entries()) {
      if (!known.contains(entry.key()) && !foreign.contains(entry.key())) {
        unknown(entry);
      }
    }
    missing.forEach(key -> problem("\"%s\" is missing.".formatted(key), "add it."));
  }

  private void unknown(Node.Entry entry) {
    Optional<String> near = Nearest.ofFew(entry.key(), known);
    near.ifPresent(missing::remove);
    String meant = near.map(": did you mean \"%s\"?"::formatted).orElse(".");
    String fix =
        near.map("write %s."::formatted)
            .orElse("the keys here are %s.".formatted(String.join(", ", known)));
    problems.add(
        entry.keyPosition(), path, "unknown key \"%s\"%s".formatted(entry.key(), meant), fix);
  }
}
