package io.portcullis.kube.read;

import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Pod;
import io.portcullis.kube.PodSpec;
import java.util.ArrayList;
import java.util.List;

/** Reads a Pod. Source: core/v1 Pod. */
final class PodReader implements ObjectReader.Body {
  private PodSpec spec = PodSpec.EMPTY;
  private final List<String> addresses = new ArrayList<>();
  private boolean finished;

  @Override
  public void field(String name, JsonCursor cursor) {
    switch (name) {
      case "spec" -> spec = PodSpecReader.read(cursor);
      case "status" -> status(cursor);
      default -> {}
    }
  }

  private void status(JsonCursor cursor) {
    cursor.fields(field -> {
      switch (field) {
        case "phase" ->
            finished =
                cursor.text().filter(p -> p.equals("Succeeded") || p.equals("Failed")).isPresent();
        case "podIPs" -> cursor.items(() -> cursor.fields(f -> address(f, cursor)));
        case "podIP" -> cursor.text().ifPresent(this::add);
        default -> {}
      }
    });
  }

  private void address(String field, JsonCursor cursor) {
    if (field.equals("ip")) {
      cursor.text().ifPresent(this::add);
    }
  }

  private void add(String address) {
    if (!address.isEmpty() && !addresses.contains(address)) {
      addresses.add(address);
    }
  }

  @Override
  public KubeObject build(Meta meta) {
    return new Pod(meta, spec, addresses, finished);
  }
}
