package io.portcullis.settings;

import java.util.List;

/**
 * The namespaces that are never touched, whatever settings say: the cluster's own, ours, and the
 * usual ones of network, storage, cloud and mesh components, so that a cluster can always heal.
 * What settings name comes on top.
 */
final class Exempt {
  static final List<String> PRESET =
      List.of(
          "kube-system",
          "kube-public",
          "kube-node-lease",
          "portcullis-system",
          "calico-system",
          "calico-apiserver",
          "tigera-operator",
          "kube-flannel",
          "cilium",
          "cilium-secrets",
          "antrea-system",
          "kube-router",
          "openshift-ovn-kubernetes",
          "openshift-sdn",
          "multus",
          "metallb-system",
          "istio-system",
          "istio-cni",
          "linkerd",
          "linkerd-cni",
          "rook-ceph",
          "longhorn-system",
          "gke-managed-system",
          "amazon-vpc-cni");

  private Exempt() {}
}
