package io.portcullis.reach;

import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;

/**
 * Which policy.
 *
 * @param namespace empty for a policy of the whole cluster
 */
public record PolicyRef(Kind kind, String namespace, String name) {
  static PolicyRef of(KubeObject policy) {
    return new PolicyRef(policy.kind(), policy.namespace(), policy.name());
  }

  /** {@code shop/web}; of the whole cluster {@code AdminNetworkPolicy/web}. */
  @Override
  public String toString() {
    return (namespace.isEmpty() ? kind.text() : namespace) + "/" + name;
  }
}
