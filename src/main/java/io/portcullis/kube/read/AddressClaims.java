package io.portcullis.kube.read;

import io.portcullis.kube.AddressClaim;
import io.portcullis.kube.AddressPool;
import io.portcullis.kube.AddressUse;
import io.portcullis.kube.ClusterPolicy;
import io.portcullis.kube.ConfigMap;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Ingress;
import io.portcullis.kube.IngressClass;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.Pod;
import io.portcullis.kube.PodDisruptionBudget;
import io.portcullis.kube.ReferenceGrant;
import io.portcullis.kube.Route;
import io.portcullis.kube.Service;
import io.portcullis.kube.ServiceCidr;
import io.portcullis.kube.WebhookConfiguration;
import io.portcullis.kube.Workload;
import io.portcullis.net.AddressRange;
import io.portcullis.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads which addresses an object says are for what: a Node, a ServiceCIDR, a pool, and the
 * ConfigMaps that kubeadm, kube-proxy and flannel keep. What does not parse there is not ours to
 * judge and claims nothing.
 */
public final class AddressClaims {
  private static final FieldPath POD_SUBNET = FieldPath.of("networking", "podSubnet");
  private static final FieldPath SERVICE_SUBNET = FieldPath.of("networking", "serviceSubnet");
  private static final FieldPath CLUSTER_CIDR = FieldPath.of("clusterCIDR");

  private final KubeObject object;
  private final List<AddressClaim> claims = new ArrayList<>();

  private AddressClaims(KubeObject object) {
    this.object = object;
  }

  /** The ranges that an object claims, in its order; none for most. */
  public static List<AddressClaim> of(KubeObject object) {
    return switch (object) {
      case io.portcullis.kube.Node node -> new AddressClaims(node).node(node);
      case AddressPool pool -> new AddressClaims(pool).pool(pool);
      case ServiceCidr services -> new AddressClaims(services).services(services);
      case ConfigMap map -> new AddressClaims(map).configMap(map);
      case ClusterPolicy _,
          Ingress _,
          IngressClass _,
          Namespace _,
          NetworkPolicy _,
          Pod _,
          PodDisruptionBudget _,
          ReferenceGrant _,
          Route _,
          Service _,
          WebhookConfiguration _,
          Workload _ ->
          List.of();
    };
  }

  private List<AddressClaim> node(io.portcullis.kube.Node node) {
    for (int i = 0; i < node.podCidrs().size(); i++) {
      add(AddressUse.PODS, node.podCidrs().get(i), FieldPath.of("spec", "podCIDRs").index(i));
    }
    node.addresses()
        .forEach(address ->
            add(
                AddressUse.NODES,
                new AddressRange(address, address),
                FieldPath.of("status", "addresses"),
                "address"));
    return claims;
  }

  private List<AddressClaim> services(ServiceCidr services) {
    for (int i = 0; i < services.cidrs().size(); i++) {
      add(AddressUse.SERVICES, services.cidrs().get(i), FieldPath.of("spec", "cidrs").index(i));
    }
    return claims;
  }

  private List<AddressClaim> pool(AddressPool pool) {
    for (AddressPool.Part part : pool.parts()) {
      add(pool.use(), part.range(), part.path(), part.path().toString());
    }
    return claims;
  }

  private List<AddressClaim> configMap(ConfigMap map) {
    switch (map.namespace() + "/" + map.name()) {
      case "kube-system/kubeadm-config" -> {
        declared(map, "ClusterConfiguration", POD_SUBNET, AddressUse.PODS);
        declared(map, "ClusterConfiguration", SERVICE_SUBNET, AddressUse.SERVICES);
      }
      case "kube-system/kube-proxy" -> declared(map, "config.conf", CLUSTER_CIDR, AddressUse.PODS);
      case "kube-system/kube-flannel-cfg", "kube-flannel/kube-flannel-cfg" -> flannel(map);
      default -> {}
    }
    return claims;
  }

  /**
   * IPv4 is on where nothing is said, IPv6 is not. Source: flannel's Documentation/configuration.
   */
  private void flannel(ConfigMap map) {
    String key = "net-conf.json";
    if (!text(map, key, FieldPath.of("EnableIPv4")).orElse("true").equals("false")) {
      declared(map, key, FieldPath.of("Network"), AddressUse.PODS);
    }
    if (text(map, key, FieldPath.of("EnableIPv6")).orElse("false").equals("true")) {
      declared(map, key, FieldPath.of("IPv6Network"), AddressUse.PODS);
    }
  }

  /** One block, or one for each family with a comma between. */
  private void declared(ConfigMap map, String key, FieldPath field, AddressUse use) {
    for (String block : text(map, key, field).orElse("").split(",", -1)) {
      Cidr.tryParse(block.strip())
          .ifPresent(
              cidr -> add(use, cidr.range(), FieldPath.of("data").field(key), field.toString()));
    }
  }

  private static Optional<String> text(ConfigMap map, String key, FieldPath field) {
    return map.text(key).map(Yaml::documents).stream()
        .flatMap(List::stream)
        .flatMap(document -> root(document).stream())
        .flatMap(root -> root.find(field).stream())
        .filter(Node.Scalar.class::isInstance)
        .map(value -> ((Node.Scalar) value).text())
        .findFirst();
  }

  private static Optional<Node> root(Yaml.Document document) {
    return switch (document) {
      case Yaml.Document.Sound sound -> Optional.of(sound.root());
      case Yaml.Document.Broken broken -> broken.rest();
    };
  }

  private void add(AddressUse use, Cidr cidr, FieldPath path) {
    add(use, cidr.range(), path, path.toString());
  }

  private void add(AddressUse use, AddressRange range, FieldPath path, String what) {
    claims.add(
        new AddressClaim(use, range, object.kind(), object.namespace(), object.name(), path, what));
  }
}
