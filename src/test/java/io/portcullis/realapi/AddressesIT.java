package io.portcullis.realapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.proof.Await;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ranges of addresses, as objects of the cluster claim them. */
@ExtendWith(RealApi.class)
class AddressesIT {
  private static final String NODE =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: %s}
      spec: {podCIDR: 10.244.1.0/24, podCIDRs: [10.244.1.0/24]}
      status:
        addresses: [{type: InternalIP, address: %s}]
      """;

  private static final String POOLS =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: ippools.crd.projectcalico.org}
      spec:
        group: crd.projectcalico.org
        scope: Cluster
        names: {kind: IPPool, listKind: IPPoolList, plural: ippools, singular: ippool}
        versions:
          - name: v1
            served: true
            storage: true
            schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
      """;

  @Test
  void servicesInThePodsRangeAreLetInWithAWarning(Plane plane) {
    plane.apply(NODE.formatted("ranged", "192.0.2.10"));
    plane.awaitInPicture("Node", "nodes", "ranged", "");
    try {
      assertThat(plane.apply(services("more", "10.244.0.0/16")))
          .startsWith("Warning: [address-overlap] ServiceCIDR more, spec.cidrs[0]:")
          .contains("overlaps 10.244.1.0/24 for pods (Node ranged)")
          .endsWith("servicecidr.networking.k8s.io/more created\n");
    } finally {
      plane.kubectl("delete", "servicecidr", "more", "--wait=false", "--ignore-not-found");
      plane.must("delete", "node", "ranged");
    }
  }

  @Test
  void aPoolForPodsOverANodeIsRefused(Plane plane) {
    plane.apply(NODE.formatted("housed", "198.51.100.10"));
    plane.apply(POOLS);
    plane.must("wait", "--for=condition=Established", "crd/ippools.crd.projectcalico.org");
    plane.awaitInPicture("Node", "nodes", "housed", "");
    try {
      Shell.Result denied = plane.kubectlWith(pool("198.51.100.0/24"), "apply", "-f", "-");
      assertThat(denied.exit()).isEqualTo(1);
      assertThat(denied.output())
          .contains("[address-overlap] IPPool calico, spec.cidr: 198.51.100.0/24 for pods")
          .contains("overlaps 198.51.100.10 for nodes (Node housed)");
      assertThat(plane.apply(pool("203.0.113.0/24"))).endsWith("calico created\n");
      // The kind came after the gate, which asks for it again every half minute.
      Await.that(
          Duration.ofMinutes(1),
          "the picture has the pool",
          () -> plane.metric("portcullis_picture_objects{kind=\"IPPool\"}") > 0);
      assertThat(plane.apply(services("pooled", "203.0.113.0/25")))
          .contains("overlaps 203.0.113.0/24 for pods (IPPool calico)");
    } finally {
      plane.kubectl("delete", "servicecidr", "pooled", "--wait=false", "--ignore-not-found");
      plane.kubectl("delete", "crd", "ippools.crd.projectcalico.org", "--wait=false");
      plane.must("delete", "node", "housed");
    }
  }

  private static String services(String name, String cidr) {
    return """
    apiVersion: networking.k8s.io/v1
    kind: ServiceCIDR
    metadata: {name: %s}
    spec: {cidrs: [%s]}
    """
        .formatted(name, cidr);
  }

  private static String pool(String cidr) {
    return """
    apiVersion: crd.projectcalico.org/v1
    kind: IPPool
    metadata: {name: calico}
    spec: {cidr: %s}
    """
        .formatted(cidr);
  }

  @Test
  void aBlockInsideTheServicesRangeIsLetInWithAWarning(Plane plane) {
    plane.namespace("blocks");
    String services =
        plane.must("get", "servicecidr", "kubernetes", "-o", "jsonpath={.spec.cidrs[0]}").strip();
    Await.that(
        "the picture has the range of Services",
        () -> plane.metric("portcullis_picture_objects{kind=\"ServiceCIDR\"}") > 0);
    assertThat(
            plane.apply(
                """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: out, namespace: blocks}
                spec:
                  podSelector: {}
                  ingress: [{from: [{ipBlock: {cidr: %s}}]}]
                """
                    .formatted(services)))
        .startsWith("Warning: [policy-ipblock] NetworkPolicy blocks/out, spec.ingress[0].from[0]")
        .endsWith("networkpolicy.networking.k8s.io/out created\n");
  }
}
