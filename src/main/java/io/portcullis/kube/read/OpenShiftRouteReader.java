package io.portcullis.kube.read;

import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.kube.PortRef;
import io.portcullis.kube.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a Route of OpenShift. Source: route.openshift.io/v1. */
final class OpenShiftRouteReader implements ObjectReader.Body {
  private final List<String> services = new ArrayList<>();
  private Optional<PortRef> targetPort = Optional.empty();

  @Override
  public void field(String name, JsonCursor cursor) {
    if (name.equals("spec")) {
      cursor.fields(field -> {
        switch (field) {
          case "to" -> target(cursor);
          case "alternateBackends" -> cursor.items(() -> target(cursor));
          case "port" ->
              cursor.fields(inner -> {
                if (inner.equals("targetPort")) {
                  targetPort = cursor.portRef();
                }
              });
          default -> {}
        }
      });
    }
  }

  private void target(JsonCursor cursor) {
    String[] texts = {"Service", ""};
    boolean[] served = {true};
    cursor.fields(field -> {
      switch (field) {
        case "kind" -> texts[0] = cursor.text().orElse(texts[0]);
        case "name" -> texts[1] = cursor.text().orElse("");
        case "weight" -> served[0] = cursor.integer().orElse(1) != 0;
        default -> {}
      }
    });
    if (served[0] && texts[0].equals("Service")) {
      services.add(texts[1]);
    }
  }

  @Override
  public KubeObject build(Meta meta) {
    return new Route(
        Kind.OPENSHIFT_ROUTE,
        meta,
        true,
        services.stream()
            .<Route.Backend>map(service -> new Route.Backend.OnTarget(service, targetPort))
            .toList());
  }
}
