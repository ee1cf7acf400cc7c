package io.portcullis.cluster.watch;

import io.portcullis.kube.Kind;

/** Where an API server keeps what. */
final class Paths {
  private Paths() {}

  /**
   * The objects of a kind.
   *
   * @param namespace empty: those of all namespaces
   */
  static String list(Kind kind, String namespace) {
    String root =
        kind.group().isEmpty()
            ? "/api/" + kind.version()
            : "/apis/" + kind.group() + "/" + kind.version();
    return root + (namespace.isEmpty() ? "" : "/namespaces/" + namespace) + "/" + kind.plural();
  }

  /** One object. */
  static String object(Kind kind, String namespace, String name) {
    return list(kind, kind.namespaced() ? namespace : "") + "/" + name;
  }
}
