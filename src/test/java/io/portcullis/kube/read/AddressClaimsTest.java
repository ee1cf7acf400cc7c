package io.portcullis.kube.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.kube.AddressClaim;
import io.portcullis.kube.ConfigMap;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Node;
import io.portcullis.kube.ServiceCidr;
import io.portcullis.net.Address;
import io.portcullis.net.Cidr;
import io.portcullis.net.Labels;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AddressClaimsTest {
  private static final String FLANNEL = "kube-flannel-cfg";

  @Test
  void kubeadmSaysWhatPodsAndServicesGet() {
    assertThat(
            claims(
                "kube-system",
                "kubeadm-config",
                "ClusterConfiguration",
                """
                apiVersion: kubeadm.k8s.io/v1beta4
                kind: ClusterConfiguration
                networking:
                  dnsDomain: cluster.local
                  podSubnet: 10.244.0.0/16,fd00:1::/56
                  serviceSubnet: 10.96.0.0/12
                """))
        .containsExactly(
            "PODS 10.244.0.0/16 data.ClusterConfiguration networking.podSubnet",
            "PODS fd00:1::/56 data.ClusterConfiguration networking.podSubnet",
            "SERVICES 10.96.0.0/12 data.ClusterConfiguration networking.serviceSubnet");
  }

  @Test
  void kubeProxySaysWhatPodsGet() {
    assertThat(
            claims(
                "kube-system",
                "kube-proxy",
                "config.conf",
                "kind: KubeProxyConfiguration\nclusterCIDR: 10.244.0.0/16\n"))
        .containsExactly("PODS 10.244.0.0/16 data[config.conf] clusterCIDR");
  }

  @Test
  void anEmptyRangeClaimsNothing() {
    assertThat(claims("kube-system", "kube-proxy", "config.conf", "clusterCIDR: \"\"\n")).isEmpty();
  }

  @Test
  void flannelSaysWhatPodsGetInEitherOfItsNamespaces() {
    String text = "{\"Network\": \"10.244.0.0/16\", \"Backend\": {\"Type\": \"vxlan\"}}";

    assertThat(claims("kube-flannel", FLANNEL, "net-conf.json", text))
        .containsExactly("PODS 10.244.0.0/16 data[net-conf.json] Network");
    assertThat(claims("kube-system", FLANNEL, "net-conf.json", text)).hasSize(1);
    assertThat(claims("shop", FLANNEL, "net-conf.json", text)).isEmpty();
  }

  @Test
  void flannelsFamiliesCountWhereTheyAreOn() {
    assertThat(
            claims(
                "kube-flannel",
                FLANNEL,
                "net-conf.json",
                """
                {"EnableIPv4": false, "EnableIPv6": true,
                 "Network": "10.244.0.0/16", "IPv6Network": "2001:cafe:42::/56"}
                """))
        .containsExactly("PODS 2001:cafe:42::/56 data[net-conf.json] IPv6Network");
    assertThat(
            claims(
                "kube-flannel",
                FLANNEL,
                "net-conf.json",
                "{\"Network\": \"10.244.0.0/16\", \"IPv6Network\": \"2001:cafe:42::/56\"}"))
        .containsExactly("PODS 10.244.0.0/16 data[net-conf.json] Network");
  }

  @Test
  void whatDoesNotParseClaimsNothing() {
    assertThat(claims("kube-flannel", FLANNEL, "net-conf.json", "{\"Network\": \"10.244.0\"}"))
        .isEmpty();
    assertThat(claims("kube-flannel", FLANNEL, "net-conf.json", "{\"Network\": [}")).isEmpty();
    assertThat(claims("kube-flannel", FLANNEL, "other", "{}")).isEmpty();
  }

  @Test
  void aNodeHasItsPodsRangesAndItsAddresses() {
    Node node =
        new Node(
            Meta.of("", "worker-1", Labels.EMPTY),
            List.of(Cidr.parse("10.244.1.0/24")),
            List.of(Address.parse("192.168.1.10")));

    assertThat(AddressClaims.of(node))
        .extracting(AddressClaimsTest::line)
        .containsExactly(
            "PODS 10.244.1.0/24 spec.podCIDRs[0] spec.podCIDRs[0]",
            "NODES 192.168.1.10 status.addresses address");
  }

  @Test
  void aServiceCidrIsForServices() {
    ServiceCidr services =
        new ServiceCidr(
            Meta.of("", "kubernetes", Labels.EMPTY), List.of(Cidr.parse("10.96.0.0/12")));

    assertThat(AddressClaims.of(services))
        .extracting(AddressClaimsTest::line)
        .containsExactly("SERVICES 10.96.0.0/12 spec.cidrs[0] spec.cidrs[0]");
  }

  private static List<String> claims(String namespace, String name, String key, String text) {
    ConfigMap map = new ConfigMap(Meta.of(namespace, name, Labels.EMPTY), Map.of(key, text));
    return AddressClaims.of(map).stream().map(AddressClaimsTest::line).toList();
  }

  private static String line(AddressClaim claim) {
    return claim.use() + " " + claim.range().text() + " " + claim.path() + " " + claim.what();
  }
}
