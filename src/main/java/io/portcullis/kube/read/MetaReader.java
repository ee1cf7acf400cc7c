package io.portcullis.kube.read;

import io.portcullis.kube.Annotations;
import io.portcullis.kube.Kind;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Owner;
import io.portcullis.net.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads {@code metadata}. Source: meta/v1 ObjectMeta. */
final class MetaReader {
  /** What the garbage collector ends before the object itself. Source: meta/v1. */
  private static final String FOREGROUND = "foregroundDeletion";

  private final Kind kind;
  private String namespace;
  private String name = "";
  private String generateName = "";
  private String uid = "";
  private String resourceVersion = "";
  private Labels labels = Labels.EMPTY;
  private Map<String, String> annotations = Map.of();
  private final List<Owner> owners = new ArrayList<>();
  private boolean ending;
  private boolean foreground;

  /**
   * @param namespace where the object is if it does not say
   */
  MetaReader(Kind kind, String namespace) {
    this.kind = kind;
    this.namespace = namespace;
  }

  void read(JsonCursor cursor) {
    cursor.fields(field -> {
      switch (field) {
        case "namespace" -> namespace = cursor.text().orElse(namespace);
        case "name" -> name = cursor.text().orElse("");
        case "generateName" -> generateName = cursor.text().orElse("");
        case "uid" -> uid = cursor.text().orElse("");
        case "resourceVersion" -> resourceVersion = cursor.text().orElse("");
        case "deletionTimestamp" -> ending = cursor.text().isPresent();
        case "labels" -> labels = cursor.labels();
        case "annotations" -> annotations = cursor.map(Annotations::isKept);
        case "finalizers" -> foreground = cursor.texts().contains(FOREGROUND);
        case "ownerReferences" -> cursor.items(() -> owner(cursor));
        default -> {}
      }
    });
  }

  private void owner(JsonCursor cursor) {
    String[] texts = {"", "", "", ""};
    boolean[] controller = {false};
    cursor.fields(field -> {
      switch (field) {
        case "kind" -> texts[0] = cursor.text().orElse("");
        case "name" -> texts[1] = cursor.text().orElse("");
        case "uid" -> texts[2] = cursor.text().orElse("");
        case "apiVersion" -> texts[3] = cursor.text().orElse("");
        case "controller" -> controller[0] = cursor.flag();
        default -> {}
      }
    });
    boolean foreign = isForeign(texts[0], texts[3]);
    owners.add(new Owner(texts[0], texts[1], texts[2], controller[0], foreign));
  }

  private static boolean isForeign(String kind, String apiVersion) {
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    return !apiVersion.isEmpty()
        && Kind.named(kind).filter(known -> !known.group().equals(group)).isPresent();
  }

  Meta build() {
    return new Meta(
        kind.namespaced() ? namespace : "",
        name,
        generateName,
        uid,
        resourceVersion,
        labels,
        annotations,
        owners,
        ending,
        ending && foreground);
  }
}
