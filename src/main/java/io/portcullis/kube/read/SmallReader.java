package io.portcullis.kube.read;

import io.portcullis.kube.ConfigMap;
import io.portcullis.kube.IngressClass;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.Node;
import io.portcullis.kube.PodDisruptionBudget;
import io.portcullis.kube.ServiceCidr;
import io.portcullis.net.Address;
import io.portcullis.net.Cidr;
import io.portcullis.net.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the kinds of which only a field or two matters. */
final class SmallReader implements ObjectReader.Body {
  private final Kind kind;
  private String controller = "";
  private Optional<Selector> selector = Optional.empty();
  private final List<Cidr> cidrs = new ArrayList<>();
  private final List<Address> addresses = new ArrayList<>();
  private Map<String, String> data = Map.of();

  SmallReader(Kind kind) {
    this.kind = kind;
  }

  @Override
  public void field(String name, JsonCursor cursor) {
    switch (name) {
      case "spec" -> cursor.fields(field -> spec(field, cursor));
      case "status" -> cursor.fields(field -> status(field, cursor));
      case "data" -> {
        if (kind == Kind.CONFIG_MAP) {
          data = cursor.map(key -> true);
        }
      }
      default -> {}
    }
  }

  private void spec(String field, JsonCursor cursor) {
    // A field that the kind does not have is the API server's to ignore, whatever stands in it.
    switch (kind.text() + "." + field) {
      case "IngressClass.controller" -> controller = cursor.text().orElse("");
      case "PodDisruptionBudget.selector" -> selector = Optional.of(SelectorReader.read(cursor));
      case "Node.podCIDRs", "ServiceCIDR.cidrs" ->
          cursor.items(() -> cursor.parsed(Cidr::parse).ifPresent(this::add));
      case "Node.podCIDR" ->
          cursor.text().filter(t -> !t.isEmpty()).flatMap(Cidr::tryParse).ifPresent(this::add);
      default -> {}
    }
  }

  /** A node's names are among its addresses too; only addresses are kept. */
  private void status(String field, JsonCursor cursor) {
    if (kind == Kind.NODE && field.equals("addresses")) {
      cursor.items(() ->
          cursor.fields(inner -> {
            if (inner.equals("address")) {
              cursor.text().flatMap(Address::tryParse).ifPresent(addresses::add);
            }
          }));
    }
  }

  private void add(Cidr cidr) {
    if (!cidrs.contains(cidr)) {
      cidrs.add(cidr);
    }
  }

  @Override
  public KubeObject build(Meta meta) {
    return switch (kind) {
      case NAMESPACE -> new Namespace(meta);
      case NODE -> new Node(meta, cidrs, addresses);
      case SERVICE_CIDR -> new ServiceCidr(meta, cidrs);
      case INGRESS_CLASS -> new IngressClass(meta, controller);
      case CONFIG_MAP -> new ConfigMap(meta, data);
      case POD_DISRUPTION_BUDGET -> new PodDisruptionBudget(meta, selector);
      case POD,
          DEPLOYMENT,
          REPLICA_SET,
          STATEFUL_SET,
          DAEMON_SET,
          REPLICATION_CONTROLLER,
          JOB,
          CRON_JOB,
          SERVICE,
          NETWORK_POLICY,
          INGRESS,
          VALIDATING_WEBHOOK_CONFIGURATION,
          MUTATING_WEBHOOK_CONFIGURATION,
          ADMIN_NETWORK_POLICY,
          BASELINE_ADMIN_NETWORK_POLICY,
          CLUSTER_NETWORK_POLICY,
          HTTP_ROUTE,
          GRPC_ROUTE,
          TLS_ROUTE,
          TCP_ROUTE,
          UDP_ROUTE,
          REFERENCE_GRANT,
          OPENSHIFT_ROUTE,
          CALICO_POOL,
          PROJECT_CALICO_POOL,
          CILIUM_POOL,
          METALLB_POOL ->
          throw new IllegalStateException(kind.text() + " has a reader of its own");
    };
  }
}
