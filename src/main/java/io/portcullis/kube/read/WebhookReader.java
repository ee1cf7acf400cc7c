package io.portcullis.kube.read;

import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.kube.WebhookConfiguration;
import io.portcullis.kube.WebhookConfiguration.FailurePolicy;
import io.portcullis.kube.WebhookConfiguration.Webhook;
import java.util.ArrayList;
import java.util.List;

/** Reads the webhooks of a configuration that are behind a Service. */
final class WebhookReader implements ObjectReader.Body {
  private final Kind kind;
  private final List<Webhook> webhooks = new ArrayList<>();

  WebhookReader(Kind kind) {
    this.kind = kind;
  }

  @Override
  public void field(String name, JsonCursor cursor) {
    if (name.equals("webhooks")) {
      cursor.items(() -> webhook(cursor));
    }
  }

  private void webhook(JsonCursor cursor) {
    Draft draft = new Draft();
    cursor.fields(field -> {
      switch (field) {
        case "name" -> draft.name = cursor.text().orElse("");
        case "failurePolicy" -> draft.failurePolicy = cursor.text().orElse("");
        case "clientConfig" ->
            cursor.fields(inner -> {
              if (inner.equals("service")) {
                cursor.fields(part -> draft.service(part, cursor));
              }
            });
        default -> {}
      }
    });
    if (!draft.service.isEmpty()) {
      webhooks.add(draft.finished());
    }
  }

  @Override
  public KubeObject build(Meta meta) {
    return new WebhookConfiguration(kind, meta, webhooks);
  }

  /** A webhook of which not all fields were given yet. */
  private static final class Draft {
    private String name = "";
    private String namespace = "";
    private String service = "";
    private int port = WebhookConfiguration.DEFAULT_PORT;
    private String failurePolicy = "";

    void service(String field, JsonCursor cursor) {
      switch (field) {
        case "namespace" -> namespace = cursor.text().orElse("");
        case "name" -> service = cursor.text().orElse("");
        case "port" -> port = cursor.integer().orElse(port);
        default -> {}
      }
    }

    Webhook finished() {
      FailurePolicy policy =
          failurePolicy.equals(FailurePolicy.IGNORE.text())
              ? FailurePolicy.IGNORE
              : FailurePolicy.FAIL;
      return new Webhook(name, namespace, service, port, policy);
    }
  }
}
