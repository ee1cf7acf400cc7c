package io.portcullis.kube.read;

import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Route;
import io.portcullis.kube.Route.Backend;
import java.util.ArrayList;
import java.util.List;

/** Reads a route of the Gateway API. Source: gateway.networking.k8s.io. */
final class RouteReader implements ObjectReader.Body {
  private static final String SERVICE = "Service";
  private static final String GATEWAY = "Gateway";
  private static final int NO_PORT = 0;
  private static final int NO_WEIGHT = 0;

  private final Kind kind;
  private boolean entered;
  private final List<Ref> backends = new ArrayList<>();

  /** A reference as written; what is absent is what the API says then. */
  private static final class Ref {
    private String group;
    private String kind;
    private String namespace = "";
    private String name = "";
    private int port;
    private int weight = 1;

    Ref(String group, String kind) {
      this.group = group;
      this.kind = kind;
    }

    static Ref read(JsonCursor cursor, String group, String kind) {
      Ref ref = new Ref(group, kind);
      cursor.fields(field -> {
        switch (field) {
          case "group" -> ref.group = cursor.text().orElse(ref.group);
          case "kind" -> ref.kind = cursor.text().orElse(ref.kind);
          case "namespace" -> ref.namespace = cursor.text().orElse("");
          case "name" -> ref.name = cursor.text().orElse("");
          case "port" -> ref.port = cursor.integer().orElse(NO_PORT);
          case "weight" -> ref.weight = cursor.integer().orElse(ref.weight);
          default -> {}
        }
      });
      return ref;
    }
  }

  RouteReader(Kind kind) {
    this.kind = kind;
  }

  @Override
  public void field(String name, JsonCursor cursor) {
    if (name.equals("spec")) {
      cursor.fields(field -> {
        switch (field) {
          case "parentRefs" -> cursor.items(() -> parent(cursor));
          case "rules" -> cursor.items(() -> cursor.fields(inner -> rule(inner, cursor)));
          default -> {}
        }
      });
    }
  }

  private void parent(JsonCursor cursor) {
    Ref parent = Ref.read(cursor, kind.group(), GATEWAY);
    entered |= parent.kind.equals(GATEWAY) && parent.group.equals(kind.group());
  }

  private void rule(String field, JsonCursor cursor) {
    switch (field) {
      case "backendRefs" -> cursor.items(() -> backends.add(Ref.read(cursor, "", SERVICE)));
      case "filters" -> cursor.items(() -> cursor.fields(inner -> filter(inner, cursor)));
      default -> {}
    }
  }

  /** A mirror gets the requests as well. */
  private void filter(String field, JsonCursor cursor) {
    if (field.equals("requestMirror")) {
      cursor.fields(inner -> {
        if (inner.equals("backendRef")) {
          backends.add(Ref.read(cursor, "", SERVICE));
        }
      });
    }
  }

  @Override
  public KubeObject build(Meta meta) {
    List<Backend> services =
        backends.stream()
            .filter(ref -> ref.group.isEmpty() && ref.kind.equals(SERVICE) && ref.port != NO_PORT)
            // "If weight is set to 0, no traffic should be forwarded for this entry."
            .filter(ref -> ref.weight != NO_WEIGHT)
            .<Backend>map(ref ->
                new Backend.OnPort(
                    ref.namespace.isEmpty() ? meta.namespace() : ref.namespace, ref.name, ref.port))
            .toList();
    return new Route(kind, meta, entered, services);
  }
}
