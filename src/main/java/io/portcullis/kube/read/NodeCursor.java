package io.portcullis.kube.read;

import com.fasterxml.jackson.core.JsonToken;
import java.util.Optional;
import java.util.function.Consumer;

/** Walks a node, so that YAML has the same readers as what the API server sends. */
final class NodeCursor extends JsonCursor {
  private Node here;

  NodeCursor(Node root) {
    this.here = root;
  }

  @Override
  JsonToken token() {
    return switch (here) {
      case Node.Mapping _ -> JsonToken.START_OBJECT;
      case Node.Sequence _ -> JsonToken.START_ARRAY;
      case Node.Scalar scalar -> JsonScalars.token(scalar);
    };
  }

  @Override
  void eachField(Consumer<String> handler) {
    Node above = here;
    for (Node.Entry entry : ((Node.Mapping) above).entries()) {
      here = entry.value();
      enter(entry.key());
      handler.accept(entry.key());
      leave();
    }
    here = above;
  }

  @Override
  void eachItem(Runnable handler) {
    Node above = here;
    int at = 0;
    for (Node item : ((Node.Sequence) above).items()) {
      here = item;
      enter(at++);
      handler.run();
      leave();
    }
    here = above;
  }

  @Override
  String string() {
    return JsonScalars.text((Node.Scalar) here);
  }

  @Override
  Optional<Integer> number() {
    return JsonScalars.integer((Node.Scalar) here);
  }
}
