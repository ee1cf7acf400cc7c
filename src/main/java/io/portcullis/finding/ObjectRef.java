package io.portcullis.finding;

import io.portcullis.kube.KubeObject;

/**
 * Which object.
 *
 * @param kind as in a manifest, {@code Deployment}
 * @param namespace empty for cluster-scoped objects
 * @param name {@code web}, or {@code web-*} where the API server still has to make one
 */
public record ObjectRef(String kind, String namespace, String name) {
  public static ObjectRef of(KubeObject object) {
    return new ObjectRef(object.kind().text(), object.namespace(), object.meta().displayName());
  }

  /** {@code shop/web}, or {@code shop} for a cluster-scoped object. */
  public String path() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }

  /** {@code shop/Deployment/web}, as reports and command lines write it. */
  public String id() {
    return namespace.isEmpty() ? kind + "/" + name : namespace + "/" + kind + "/" + name;
  }

  /** As sentences write it: {@code Deployment shop/web}. */
  @Override
  public String toString() {
    return kind + " " + path();
  }
}
