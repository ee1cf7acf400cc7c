package io.portcullis.kube.read.validation;

import io.portcullis.kube.Kind;
import io.portcullis.kube.read.Node;
import io.portcullis.kube.read.ReadProblem;
import io.portcullis.net.Address;
import io.portcullis.net.Cidr;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the API server would refuse of an object on CREATE. */
public final class Validation {
  private static final int CONTROLLER_MOST = 250;
  private static final Pattern HTTP_PATH = Pattern.compile("[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+");

  private Validation() {}

  /**
   * The problems of an object, in the order of its fields' checks; none where the API server would
   * take it. Never throws, whatever the node is.
   */
  public static List<ReadProblem> of(Node object, Kind kind) {
    Field root = Field.root(object);
    Metadata.check(root.at("metadata"), kind);
    Field spec = root.at("spec");
    switch (kind) {
      case DEPLOYMENT,
          REPLICA_SET,
          STATEFUL_SET,
          DAEMON_SET,
          REPLICATION_CONTROLLER,
          JOB,
          CRON_JOB ->
          Workloads.check(root, kind);
      case POD -> Pods.pod(spec);
      case SERVICE -> Services.check(spec);
      case NETWORK_POLICY -> Policies.check(spec);
      case ADMIN_NETWORK_POLICY, BASELINE_ADMIN_NETWORK_POLICY, CLUSTER_NETWORK_POLICY ->
          ClusterPolicies.check(root, kind);
      case INGRESS -> Ingresses.check(root);
      case VALIDATING_WEBHOOK_CONFIGURATION, MUTATING_WEBHOOK_CONFIGURATION ->
          Webhooks.check(root.at("webhooks"));
      case POD_DISRUPTION_BUDGET -> Selectors.check(spec.at("selector"));
      case SERVICE_CIDR -> serviceCidr(spec.at("cidrs"));
      case NODE -> node(spec);
      case INGRESS_CLASS -> ingressClass(spec.at("controller"));
      case CONFIG_MAP -> configMap(root);
      // The first has no spec, and what the schemas of the others ask nobody here relies on.
      case NAMESPACE,
          HTTP_ROUTE,
          GRPC_ROUTE,
          TLS_ROUTE,
          TCP_ROUTE,
          UDP_ROUTE,
          REFERENCE_GRANT,
          OPENSHIFT_ROUTE -> {}
      // Their CustomResourceDefinitions take any text for a range.
      case CALICO_POOL, PROJECT_CALICO_POOL, CILIUM_POOL, METALLB_POOL -> {}
    }
    return root.problems();
  }

  private static void serviceCidr(Field cidrs) {
    List<Field> items = cidrs.items();
    if (items.isEmpty()) {
      cidrs.required("at least one CIDR required");
    } else if (items.size() > 2) {
      cidrs.invalid("{\"CIDRs\":" + cidrs.shown() + "}", "may only hold up to 2 values");
    } else {
      items.forEach(cidr -> Addresses.canonicalBlock(cidr, cidr.text()));
      if (items.size() == 2 && sameFamily(items)) {
        cidrs.invalid(
            "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and"
                + " 2001:db8::/64");
      }
    }
  }

  private static void node(Field spec) {
    List<Field> cidrs = spec.at("podCIDRs").items();
    cidrs.forEach(cidr -> Addresses.block(cidr, cidr.text()));
    if (cidrs.size() > 2 || (cidrs.size() == 2 && sameFamily(cidrs))) {
      spec.at("podCIDRs").invalid("may specify no more than one CIDR for each IP family");
    }
  }

  private static boolean sameFamily(List<Field> cidrs) {
    Optional<Address.Family> first = family(cidrs.get(0));
    return first.isPresent() && first.equals(family(cidrs.get(1)));
  }

  private static Optional<Address.Family> family(Field cidr) {
    return Cidr.tryParse(cidr.text()).map(block -> block.address().family());
  }

  private static void ingressClass(Field controller) {
    String text = controller.text();
    if (text.length() > CONTROLLER_MOST) {
      controller.refuse("Too long: may not be more than " + CONTROLLER_MOST + " bytes");
    }
    if (text.isEmpty()) {
      controller.required("");
      return;
    }
    int slash = text.indexOf('/');
    if (slash <= 0 || slash == text.length() - 1) {
      controller.invalid("must be a domain-prefixed path (such as \"acme.io/foo\")");
      return;
    }
    String host = text.substring(0, slash);
    Formats.subdomain(host).forEach(wrong -> controller.invalid(Shown.quoted(host), wrong));
    String path = text.substring(slash + 1);
    if (!HTTP_PATH.matcher(path).matches()) {
      controller.invalid(
          Shown.quoted(path),
          "Invalid path (regex used for validation is '" + HTTP_PATH.pattern() + "')");
    }
  }

  private static void configMap(Field root) {
    for (String bag : List.of("data", "binaryData")) {
      for (Field entry : root.at(bag).entries()) {
        String _ = entry.text();
        Formats.dataKey(entry.key())
            .forEach(wrong -> entry.invalid(Shown.quoted(entry.key()), wrong));
      }
    }
  }
}
