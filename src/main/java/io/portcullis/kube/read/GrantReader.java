package io.portcullis.kube.read;

import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.kube.ReferenceGrant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a ReferenceGrant. Source: gateway.networking.k8s.io/v1beta1. */
final class GrantReader implements ObjectReader.Body {
  private final List<ReferenceGrant.From> from = new ArrayList<>();
  private final List<ReferenceGrant.To> to = new ArrayList<>();

  @Override
  public void field(String name, JsonCursor cursor) {
    if (name.equals("spec")) {
      cursor.fields(field -> {
        switch (field) {
          case "from" -> cursor.items(() -> entry(cursor, true));
          case "to" -> cursor.items(() -> entry(cursor, false));
          default -> {}
        }
      });
    }
  }

  private void entry(JsonCursor cursor, boolean source) {
    String[] texts = {"", "", "", ""};
    cursor.fields(field -> {
      switch (field) {
        case "group" -> texts[0] = cursor.text().orElse("");
        case "kind" -> texts[1] = cursor.text().orElse("");
        case "namespace" -> texts[2] = cursor.text().orElse("");
        case "name" -> texts[3] = cursor.text().orElse("");
        default -> {}
      }
    });
    if (source) {
      from.add(new ReferenceGrant.From(texts[0], texts[1], texts[2]));
    } else {
      Optional<String> name = Optional.of(texts[3]).filter(text -> !text.isEmpty());
      to.add(new ReferenceGrant.To(texts[0], texts[1], name));
    }
  }

  @Override
  public KubeObject build(Meta meta) {
    return new ReferenceGrant(meta, from, to);
  }
}
