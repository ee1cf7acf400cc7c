package io.portcullis.admission;

import static io.portcullis.admission.ReviewReader.fields;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.portcullis.finding.Change;
import io.portcullis.finding.Operation;
import io.portcullis.finding.Target;
import io.portcullis.finding.User;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.read.ReadProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads one envelope, in whatever order its fields come. */
final class EnvelopeReader {
  private static final String API_VERSION = "admission.k8s.io/v1";
  private static final String KIND = "AdmissionReview";

  /** How far to read. */
  enum Depth {
    /** Objects are passed over. */
    ENVELOPE,
    OBJECTS
  }

  private final Depth depth;
  private final PayloadReader object;
  private final PayloadReader oldObject;

  private String apiVersion = "";
  private String kind = "";
  private boolean hasRequest;

  private String uid = "";
  private String operation = "";
  private String group = "";
  private String version = "";
  private String objectKind = "";
  private String name = "";
  private String namespace = "";
  private String subresource = "";
  private String user = "";
  private List<String> groups = List.of();
  private boolean dryRun;

  EnvelopeReader(byte[] body, Depth depth) {
    this.depth = depth;
    object = new PayloadReader("object", body);
    oldObject = new PayloadReader("oldObject", body);
  }

  Review read(JsonParser parser) throws IOException {
    parser.nextToken();
    fields(parser, "", field -> top(field, parser));
    if (parser.nextToken() != null) {
      throw new WrongEnvelope("something follows the AdmissionReview's end");
    }
    return review();
  }

  /** Reads as far as it goes, which may be the middle of anything. */
  Review readBeginning(JsonParser parser) throws IOException {
    try {
      return read(parser);
    } catch (JsonProcessingException _) {
      return review();
    }
  }

  private void top(String field, JsonParser parser) throws IOException {
    switch (field) {
      case "apiVersion" -> apiVersion = text(parser, field);
      case "kind" -> kind = text(parser, field);
      case "request" -> {
        hasRequest = parser.currentToken() != JsonToken.VALUE_NULL;
        if (hasRequest) {
          fields(parser, "request", inner -> request(inner, parser));
        }
      }
      default -> parser.skipChildren();
    }
  }

  private void request(String field, JsonParser parser) throws IOException {
    switch (field) {
      case "uid" -> uid = text(parser, "request.uid");
      case "operation" -> operation = text(parser, "request.operation");
      case "name" -> name = text(parser, "request.name");
      case "namespace" -> namespace = text(parser, "request.namespace");
      case "subResource" -> subresource = text(parser, "request.subResource");
      case "dryRun" -> dryRun = flag(parser, "request.dryRun");
      case "kind" -> optional(parser, "request.kind", inner -> kind(inner, parser));
      case "userInfo" -> optional(parser, "request.userInfo", inner -> user(inner, parser));
      case "object" -> payload(object, parser);
      case "oldObject" -> payload(oldObject, parser);
      default -> parser.skipChildren();
    }
  }

  private void kind(String field, JsonParser parser) throws IOException {
    switch (field) {
      case "group" -> group = text(parser, "request.kind.group");
      case "version" -> version = text(parser, "request.kind.version");
      case "kind" -> objectKind = text(parser, "request.kind.kind");
      default -> parser.skipChildren();
    }
  }

  private void user(String field, JsonParser parser) throws IOException {
    switch (field) {
      case "username" -> user = text(parser, "request.userInfo.username");
      case "groups" -> groups = texts(parser, "request.userInfo.groups");
      default -> parser.skipChildren();
    }
  }

  private void payload(PayloadReader payload, JsonParser parser) throws IOException {
    switch (depth) {
      case ENVELOPE -> parser.skipChildren();
      case OBJECTS -> payload.read(parser, group, objectKind, namespace);
    }
  }

  private Review review() throws IOException {
    require(apiVersion.equals(API_VERSION), "apiVersion must be \"" + API_VERSION + "\"");
    require(kind.equals(KIND), "kind must be \"" + KIND + "\"");
    require(hasRequest, "there is no request");
    require(!uid.isEmpty(), "there is no request.uid");
    require(isText(uid), "request.uid is no text");
    Operation asked = operation();
    List<ReadProblem> problems = new ArrayList<>();
    Optional<KubeObject> after = Optional.empty();
    Optional<KubeObject> before = Optional.empty();
    if (depth == Depth.OBJECTS && asked != Operation.CONNECT) {
      after = object.result(group, objectKind, namespace, asked != Operation.DELETE, problems);
      before = oldObject.result(group, objectKind, namespace, asked != Operation.CREATE, problems);
    }
    Target target = new Target(group, version, objectKind, namespace, name, subresource);
    User who = new User(user, groups);
    return new Review(new Change(uid, asked, target, after, before, who, dryRun), problems);
  }

  private Operation operation() throws WrongEnvelope {
    return Operation.of(operation)
        .orElseThrow(() ->
            new WrongEnvelope(
                "request.operation is \"%s\", want one of %s"
                    .formatted(operation, Arrays.toString(Operation.values()))));
  }

  private static void require(boolean holds, String otherwise) throws WrongEnvelope {
    if (!holds) {
      throw new WrongEnvelope(otherwise);
    }
  }

  private static void optional(JsonParser parser, String path, ReviewReader.Field field)
      throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NULL) {
      fields(parser, path, field);
    }
  }

  /** The text here; {@code null} is the same as absent. */
  private static String text(JsonParser parser, String path) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return "";
    }
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new WrongEnvelope(path + " must be a string");
    }
    return parser.getText();
  }

  private static boolean flag(JsonParser parser, String path) throws IOException {
    JsonToken token = parser.currentToken();
    if (!token.isBoolean() && token != JsonToken.VALUE_NULL) {
      throw new WrongEnvelope(path + " must be true or false");
    }
    return token == JsonToken.VALUE_TRUE;
  }

  private static List<String> texts(JsonParser parser, String path) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return List.of();
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new WrongEnvelope(path + " must be a list");
    }
    List<String> texts = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      texts.add(text(parser, path + "[]"));
    }
    return texts;
  }

  /** Half of a surrogate pair can be written in JSON, but never be sent back. */
  private static boolean isText(String value) {
    for (int at = 0; at < value.length(); at++) {
      if (Character.isSurrogate(value.charAt(at))) {
        return value.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
      }
    }
    return true;
  }
}
