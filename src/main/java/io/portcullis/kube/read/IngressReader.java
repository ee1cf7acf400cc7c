package io.portcullis.kube.read;

import io.portcullis.kube.Ingress;
import io.portcullis.kube.IngressBackend;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.kube.PortRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads an Ingress. Source: networking.k8s.io/v1 IngressSpec. */
final class IngressReader implements ObjectReader.Body {
  private Optional<String> className = Optional.empty();
  private Optional<IngressBackend> defaultBackend = Optional.empty();
  private final List<Ingress.Tls> tls = new ArrayList<>();
  private final List<Ingress.Rule> rules = new ArrayList<>();

  @Override
  public void field(String name, JsonCursor cursor) {
    if (name.equals("spec")) {
      cursor.fields(field -> spec(field, cursor));
    }
  }

  private void spec(String field, JsonCursor cursor) {
    switch (field) {
      case "ingressClassName" -> className = cursor.text().filter(text -> !text.isEmpty());
      case "defaultBackend" -> defaultBackend = backend(cursor);
      case "tls" -> cursor.items(() -> tls.add(tls(cursor)));
      case "rules" -> cursor.items(() -> rules.add(rule(cursor)));
      default -> {}
    }
  }

  private static Ingress.Tls tls(JsonCursor cursor) {
    List<String> hosts = new ArrayList<>();
    First<String> secret = new First<>();
    cursor.fields(field -> {
      switch (field) {
        case "hosts" -> hosts.addAll(cursor.texts());
        case "secretName" -> secret.take(cursor.text().filter(text -> !text.isEmpty()));
        default -> {}
      }
    });
    return new Ingress.Tls(hosts, secret.value());
  }

  private static Ingress.Rule rule(JsonCursor cursor) {
    String[] host = {""};
    List<Ingress.Path> paths = new ArrayList<>();
    cursor.fields(field -> {
      switch (field) {
        case "host" -> host[0] = cursor.text().orElse("");
        case "http" ->
            cursor.fields(inner -> {
              if (inner.equals("paths")) {
                cursor.items(() -> path(cursor).ifPresent(paths::add));
              }
            });
        default -> {}
      }
    });
    return new Ingress.Rule(host[0], paths);
  }

  private static Optional<Ingress.Path> path(JsonCursor cursor) {
    String[] texts = {"", ""};
    First<IngressBackend> backend = new First<>();
    cursor.fields(field -> {
      switch (field) {
        case "path" -> texts[0] = cursor.text().orElse("");
        case "pathType" -> texts[1] = cursor.text().orElse("");
        case "backend" -> backend.take(backend(cursor));
        default -> {}
      }
    });
    return backend.value().map(to -> new Ingress.Path(texts[0], texts[1], to));
  }

  private static Optional<IngressBackend> backend(JsonCursor cursor) {
    First<IngressBackend> found = new First<>();
    cursor.fields(field -> {
      switch (field) {
        case "service" -> found.take(service(cursor));
        case "resource" -> found.take(resource(cursor));
        default -> {}
      }
    });
    return found.value();
  }

  private static IngressBackend service(JsonCursor cursor) {
    String[] name = {""};
    First<PortRef> port = new First<>();
    cursor.fields(field -> {
      switch (field) {
        case "name" -> name[0] = cursor.text().orElse("");
        case "port" ->
            cursor.fields(inner -> {
              if (inner.equals("name") || inner.equals("number")) {
                port.take(cursor.portRef());
              }
            });
        default -> {}
      }
    });
    return new IngressBackend.ToService(name[0], port.value());
  }

  private static IngressBackend resource(JsonCursor cursor) {
    String[] texts = {"", ""};
    cursor.fields(field -> {
      switch (field) {
        case "kind" -> texts[0] = cursor.text().orElse("");
        case "name" -> texts[1] = cursor.text().orElse("");
        default -> {}
      }
    });
    return new IngressBackend.ToResource(texts[0], texts[1]);
  }

  @Override
  public KubeObject build(Meta meta) {
    return new Ingress(meta, className, defaultBackend, tls, rules);
  }
}
