package io.portcullis.admission;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.read.ObjectReader;
import io.portcullis.kube.read.ReadObject;
import io.portcullis.kube.read.ReadProblem;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Reads the object of an envelope, or its old one. The API server tells the kind first, and the
 * object is read on the way; where it comes before its kind, its place is kept and read later.
 */
final class PayloadReader {
  private final String field;
  private final byte[] body;
  private Optional<ReadObject> read = Optional.empty();
  private int from = -1;
  private int length;

  PayloadReader(String field, byte[] body) {
    this.field = field;
    this.body = body;
  }

  /**
   * Takes the value that the parser stands at.
   *
   * @param namespace the request's, which is the object's where that does not say its own
   */
  void read(JsonParser parser, String group, String kind, String namespace) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    Optional<Kind> known = Kind.of(group, kind);
    if (known.isPresent() && parser.currentToken() == JsonToken.START_OBJECT) {
      read = Optional.of(ObjectReader.read(known.get(), namespace, parser));
      return;
    }
    from = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    length = (int) parser.currentLocation().getByteOffset() - from;
  }

  /**
   * The object, once the whole envelope was read.
   *
   * @param wanted whether the operation says that there must be one
   * @param problems takes what could not be read
   */
  Optional<KubeObject> result(
      String group, String kind, String namespace, boolean wanted, List<ReadProblem> problems)
      throws IOException {
    if (read.isEmpty() && from >= 0) {
      readAgain(group, kind, namespace);
    }
    if (read.isEmpty()) {
      if (wanted) {
        problems.add(problem("is missing"));
      }
      return Optional.empty();
    }
    return accepted(read.get(), group, kind, problems);
  }

  private void readAgain(String group, String kind, String namespace) throws IOException {
    try (JsonParser parser = ReviewReader.parser(body, from, length)) {
      parser.nextToken();
      Optional<Kind> known = Kind.of(group, kind);
      read =
          Optional.of(
              known.isPresent()
                  ? ObjectReader.read(known.get(), namespace, parser)
                  : ObjectReader.read(parser));
    }
  }

  private Optional<KubeObject> accepted(
      ReadObject object, String group, String kind, List<ReadProblem> problems) {
    if (object.object().isEmpty()) {
      boolean known = Kind.of(group, kind).isPresent();
      if (known) {
        problems.add(problem("is no object"));
      } else if (problems.isEmpty()) {
        problems.add(new ReadProblem(FieldPath.ROOT, "this kind is unknown here"));
      }
      return Optional.empty();
    }
    if (!kind.isEmpty() && !object.kind().isEmpty() && !object.kind().equals(kind)) {
      problems.add(problem("is of kind %s, not %s".formatted(object.kind(), kind)));
      return Optional.empty();
    }
    problems.addAll(object.problems());
    return object.object();
  }

  private ReadProblem problem(String message) {
    return new ReadProblem(FieldPath.of(field), message);
  }
}
