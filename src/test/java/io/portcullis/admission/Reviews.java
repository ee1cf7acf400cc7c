package io.portcullis.admission;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** AdmissionReviews as an API server sends them. */
public final class Reviews {
  private static final List<String> ALL =
      List.of(
          "create-deployment",
          "create-ingress",
          "create-ingress-without-tls",
          "create-ingress-without-tls-dry-run",
          "create-pod",
          "create-service",
          "delete-networkpolicy",
          "update-ingress-losing-tls",
          "update-namespace",
          "update-scale");

  private Reviews() {}

  /** The names of all of them. */
  public static List<String> all() {
    return ALL;
  }

  /** One of them, by its name. */
  public static byte[] bytes(String name) {
    return resource("/reviews/" + name + ".json");
  }

  public static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  /** What is answered to it; without the line's end. */
  public static String answer(String name, String webhook) {
    String path = "/reviews/" + name + "." + webhook;
    return new String(resource(path), StandardCharsets.UTF_8).strip();
  }

  private static byte[] resource(String path) {
    try (InputStream in = Reviews.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no " + path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
