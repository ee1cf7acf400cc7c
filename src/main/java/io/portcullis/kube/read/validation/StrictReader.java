package io.portcullis.kube.read.validation;

import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.read.Node;
import io.portcullis.kube.read.Node.Scalar;
import io.portcullis.kube.read.ObjectReader;
import io.portcullis.kube.read.ReadObject;
import io.portcullis.kube.read.ReadProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a document of a manifest as the API server would on CREATE, and says what it refuses. */
public final class StrictReader {
  private static final String LIST = "List";

  /** What became of a document. */
  public sealed interface Outcome {
    /**
     * It is of a kind that is not read.
     *
     * @param policy its name for people where it is a policy of the network all the same: of a CNI
     *     plugin's own, or of a version that is not known
     */
    record Skipped(Optional<String> policy) implements Outcome {}

    /** It is of no kind at all, or of one that the API server does not know in this version. */
    record Unknown(ReadProblem problem) implements Outcome {}

    /**
     * An object.
     *
     * @param node the document, with the namespace that it is in
     * @param object what could be read, with API defaults
     * @param problems what the API server would refuse; none where it takes the object
     * @param strays fields that the kind does not have
     */
    record Known(Node node, KubeObject object, List<ReadProblem> problems, List<ReadProblem> strays)
        implements Outcome {
      public Known {
        problems = List.copyOf(problems);
        strays = List.copyOf(strays);
      }
    }
  }

  private StrictReader() {}

  /**
   * Reads an object.
   *
   * @param defaultNamespace where a namespaced object is that names no namespace
   */
  public static Outcome read(Node document, String defaultNamespace) {
    return switch (ApiVersions.kindOf(document)) {
      case ApiVersions.Answer.Foreign _ -> new Outcome.Skipped(policy(document));
      case ApiVersions.Answer.Wrong wrong -> new Outcome.Unknown(wrong.problem());
      case ApiVersions.Answer.Ours ours ->
          known(
              ours.kind(),
              ours.kind().namespaced() ? placed(document, defaultNamespace) : document);
    };
  }

  /** Staged ones of Calico are not in force. */
  private static Optional<String> policy(Node document) {
    String kind = text(document, "kind");
    if (!kind.endsWith("NetworkPolicy") || kind.startsWith("Staged")) {
      return Optional.empty();
    }
    Node metadata = metadata(document);
    String namespace = text(metadata, "namespace");
    String name = text(metadata, "name");
    return Optional.of(kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name));
  }

  /** The object of a document that was read before, under another name. */
  public static KubeObject named(Kind kind, Node document, String name) {
    Node metadata = metadata(document);
    return ObjectReader.read(kind, with(document, "metadata", with(metadata, "name", name)))
        .object()
        .orElseThrow();
  }

  private static Node metadata(Node document) {
    return value(document, "metadata").orElse(document);
  }

  /** The objects in a document: the items of a list, else the document itself. */
  public static List<Node> unpack(Node document) {
    String kind = text(document, "kind");
    if (!kind.endsWith(LIST)
        || !(document instanceof Node.Mapping map)
        || !(map.get("items").orElse(null) instanceof Node.Sequence items)) {
      return List.of(document);
    }
    String of = kind.substring(0, kind.length() - LIST.length());
    List<Node> objects = new ArrayList<>();
    for (Node item : items.items()) {
      objects.addAll(unpack(of.isEmpty() ? item : typed(item, map, of)));
    }
    return objects;
  }

  /** The items of a typed list do not say what they are: the list does. */
  private static Node typed(Node item, Node.Mapping list, String kind) {
    Node typed = with(item, "kind", kind);
    return with(typed, "apiVersion", text(list, "apiVersion"));
  }

  private static Outcome known(Kind kind, Node document) {
    List<ReadProblem> problems = new ArrayList<>(Validation.of(document, kind));
    ReadObject read = ObjectReader.read(kind, document);
    for (ReadProblem problem : read.problems()) {
      if (problems.stream().noneMatch(told -> concerns(told.path(), problem.path()))) {
        problems.add(problem);
      }
    }
    return new Outcome.Known(
        document, read.object().orElseThrow(), problems, Strays.in(document, kind));
  }

  /** Whether a problem of the one field is the reason for one of the other. */
  private static boolean concerns(FieldPath told, FieldPath other) {
    int most = Math.min(told.segments().size(), other.segments().size());
    return told.segments().subList(0, most).equals(other.segments().subList(0, most));
  }

  private static Node placed(Node document, String namespace) {
    if (!(document instanceof Node.Mapping map)) {
      return document;
    }
    Node metadata =
        map.get("metadata")
            .filter(Node.Mapping.class::isInstance)
            .orElseGet(() -> new Node.Mapping(document.position(), List.of()));
    return text(metadata, "namespace").isEmpty() && !isWrong(metadata, "namespace")
        ? with(document, "metadata", with(metadata, "namespace", namespace))
        : document;
  }

  /** Whether something stands there that is no text; then it is not ours to replace. */
  private static boolean isWrong(Node map, String key) {
    return value(map, key)
        .filter(value -> !(value instanceof Scalar scalar) || isNeitherTextNorNull(scalar))
        .isPresent();
  }

  private static boolean isNeitherTextNorNull(Scalar scalar) {
    return scalar.type() != Scalar.Type.STRING && scalar.type() != Scalar.Type.NULL;
  }

  private static Optional<Node> value(Node map, String key) {
    return map instanceof Node.Mapping mapping ? mapping.get(key) : Optional.empty();
  }

  static String text(Node map, String key) {
    return value(map, key).orElse(null) instanceof Scalar scalar
            && scalar.type() == Scalar.Type.STRING
        ? scalar.text()
        : "";
  }

  private static Node with(Node node, String key, String value) {
    return with(node, key, new Scalar(node.position(), value, Scalar.Type.STRING));
  }

  private static Node with(Node node, String key, Node value) {
    if (!(node instanceof Node.Mapping map)) {
      return node;
    }
    List<Node.Entry> entries = new ArrayList<>();
    Optional<Node.Entry> old = map.entry(key);
    for (Node.Entry entry : map.entries()) {
      if (!entry.key().equals(key)) {
        entries.add(entry);
      }
    }
    entries.add(
        new Node.Entry(key, old.map(Node.Entry::keyPosition).orElse(map.position()), value));
    return new Node.Mapping(map.position(), entries);
  }
}
