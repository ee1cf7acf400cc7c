package io.portcullis.kube.read;

import io.portcullis.kube.Annotations;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.kube.PodSpec;
import io.portcullis.kube.PodTemplate;
import io.portcullis.kube.Workload;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.Map;
import java.util.Optional;

/** Reads what makes pods. Source: apps/v1, batch/v1, core/v1 ReplicationController. */
final class WorkloadReader implements ObjectReader.Body {
  private final Kind kind;
  private Optional<Selector> selector = Optional.empty();
  private Labels labels = Labels.EMPTY;
  private Map<String, String> annotations = Map.of();
  private PodSpec podSpec = PodSpec.EMPTY;
  private int replicas = 1;

  WorkloadReader(Kind kind) {
    this.kind = kind;
  }

  @Override
  public void field(String name, JsonCursor cursor) {
    if (name.equals("spec")) {
      cursor.fields(field -> spec(field, cursor));
    }
  }

  private void spec(String field, JsonCursor cursor) {
    switch (field) {
      case "selector" -> selector = Optional.of(selector(cursor));
      case "template" -> cursor.fields(f -> template(f, cursor));
      case "replicas" -> replicas = cursor.integer().orElse(1);
      case "jobTemplate" -> cursor.fields(f -> jobTemplate(f, cursor));
      default -> {}
    }
  }

  /** A ReplicationController's selector is a plain map. */
  private Selector selector(JsonCursor cursor) {
    return kind == Kind.REPLICATION_CONTROLLER
        ? Selector.of(cursor.labels())
        : SelectorReader.read(cursor);
  }

  private void jobTemplate(String field, JsonCursor cursor) {
    if (field.equals("spec")) {
      cursor.fields(inner -> {
        if (inner.equals("template")) {
          cursor.fields(f -> template(f, cursor));
        }
      });
    }
  }

  private void template(String field, JsonCursor cursor) {
    switch (field) {
      case "metadata" ->
          cursor.fields(inner -> {
            switch (inner) {
              case "labels" -> labels = cursor.labels();
              case "annotations" -> annotations = cursor.map(Annotations::isKept);
              default -> {}
            }
          });
      case "spec" -> podSpec = PodSpecReader.read(cursor);
      default -> {}
    }
  }

  /** A ReplicationController without a selector gets its template's labels as one. */
  @Override
  public KubeObject build(Meta meta) {
    Optional<Selector> effective =
        kind == Kind.REPLICATION_CONTROLLER && selector.isEmpty() && !labels.isEmpty()
            ? Optional.of(Selector.of(labels))
            : selector;
    PodTemplate template = new PodTemplate(labels, annotations, podSpec);
    return new Workload(kind, meta, effective, template, replicas);
  }
}
