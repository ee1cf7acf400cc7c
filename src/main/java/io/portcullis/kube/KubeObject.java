package io.portcullis.kube;

/** An object of the cluster, or one that is about to be. */
public sealed interface KubeObject
    permits AddressPool,
        ClusterPolicy,
        ConfigMap,
        Ingress,
        IngressClass,
        Namespace,
        NetworkPolicy,
        Node,
        Pod,
        PodDisruptionBudget,
        ReferenceGrant,
        Route,
        Service,
        ServiceCidr,
        WebhookConfiguration,
        Workload {
  Kind kind();

  Meta meta();

  /**
   * The object without what no rule judges: two versions with equal facts differ in their status,
   * scale or other metadata only.
   */
  KubeObject facts();

  default String namespace() {
    return meta().namespace();
  }

  default String name() {
    return meta().name();
  }
}
