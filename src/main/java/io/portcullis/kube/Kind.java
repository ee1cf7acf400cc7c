package io.portcullis.kube;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds that Portcullis reads, in the version that it reads them in. */
public enum Kind {
  NAMESPACE("", "v1", "namespaces", "Namespace", Scope.CLUSTER),
  NODE("", "v1", "nodes", "Node", Scope.CLUSTER),
  SERVICE_CIDR("networking.k8s.io", "v1", "servicecidrs", "ServiceCIDR", Scope.CLUSTER),
  INGRESS_CLASS("networking.k8s.io", "v1", "ingressclasses", "IngressClass", Scope.CLUSTER),
  CONFIG_MAP("", "v1", "configmaps", "ConfigMap", Scope.NAMESPACE),
  POD("", "v1", "pods", "Pod", Scope.NAMESPACE),
  DEPLOYMENT("apps", "v1", "deployments", "Deployment", Scope.NAMESPACE),
  REPLICA_SET("apps", "v1", "replicasets", "ReplicaSet", Scope.NAMESPACE),
  STATEFUL_SET("apps", "v1", "statefulsets", "StatefulSet", Scope.NAMESPACE),
  DAEMON_SET("apps", "v1", "daemonsets", "DaemonSet", Scope.NAMESPACE),
  REPLICATION_CONTROLLER(
      "", "v1", "replicationcontrollers", "ReplicationController", Scope.NAMESPACE),
  JOB("batch", "v1", "jobs", "Job", Scope.NAMESPACE),
  CRON_JOB("batch", "v1", "cronjobs", "CronJob", Scope.NAMESPACE),
  SERVICE("", "v1", "services", "Service", Scope.NAMESPACE),
  POD_DISRUPTION_BUDGET(
      "policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", Scope.NAMESPACE),
  NETWORK_POLICY("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", Scope.NAMESPACE),
  INGRESS("networking.k8s.io", "v1", "ingresses", "Ingress", Scope.NAMESPACE),
  VALIDATING_WEBHOOK_CONFIGURATION(
      "admissionregistration.k8s.io",
      "v1",
      "validatingwebhookconfigurations",
      "ValidatingWebhookConfiguration",
      Scope.CLUSTER),
  MUTATING_WEBHOOK_CONFIGURATION(
      "admissionregistration.k8s.io",
      "v1",
      "mutatingwebhookconfigurations",
      "MutatingWebhookConfiguration",
      Scope.CLUSTER),
  ADMIN_NETWORK_POLICY(
      "policy.networking.k8s.io",
      "v1alpha1",
      "adminnetworkpolicies",
      "AdminNetworkPolicy",
      Scope.CLUSTER),
  BASELINE_ADMIN_NETWORK_POLICY(
      "policy.networking.k8s.io",
      "v1alpha1",
      "baselineadminnetworkpolicies",
      "BaselineAdminNetworkPolicy",
      Scope.CLUSTER),
  CLUSTER_NETWORK_POLICY(
      "policy.networking.k8s.io",
      "v1alpha2",
      "clusternetworkpolicies",
      "ClusterNetworkPolicy",
      Scope.CLUSTER),
  HTTP_ROUTE("gateway.networking.k8s.io", "v1", "httproutes", "HTTPRoute", Scope.NAMESPACE),
  GRPC_ROUTE("gateway.networking.k8s.io", "v1", "grpcroutes", "GRPCRoute", Scope.NAMESPACE),
  TLS_ROUTE("gateway.networking.k8s.io", "v1alpha2", "tlsroutes", "TLSRoute", Scope.NAMESPACE),
  TCP_ROUTE("gateway.networking.k8s.io", "v1alpha2", "tcproutes", "TCPRoute", Scope.NAMESPACE),
  UDP_ROUTE("gateway.networking.k8s.io", "v1alpha2", "udproutes", "UDPRoute", Scope.NAMESPACE),
  REFERENCE_GRANT(
      "gateway.networking.k8s.io", "v1beta1", "referencegrants", "ReferenceGrant", Scope.NAMESPACE),
  OPENSHIFT_ROUTE("route.openshift.io", "v1", "routes", "Route", Scope.NAMESPACE),
  /** Calico's, as it is stored. */
  CALICO_POOL("crd.projectcalico.org", "v1", "ippools", "IPPool", Scope.CLUSTER),
  /** The same through Calico's own API server, where there is one. */
  PROJECT_CALICO_POOL("projectcalico.org", "v3", "ippools", "IPPool", Scope.CLUSTER),
  CILIUM_POOL(
      "cilium.io",
      "v2alpha1",
      "ciliumloadbalancerippools",
      "CiliumLoadBalancerIPPool",
      Scope.CLUSTER),
  METALLB_POOL("metallb.io", "v1beta1", "ipaddresspools", "IPAddressPool", Scope.NAMESPACE);

  private enum Scope {
    CLUSTER,
    NAMESPACE
  }

  /** Those of one name are told apart by their groups. */
  private static final Map<String, List<Kind>> BY_TEXT =
      Arrays.stream(values()).collect(Collectors.groupingBy(Kind::text));

  private final String group;
  private final String version;
  private final String plural;
  private final String text;
  private final Scope scope;

  Kind(String group, String version, String plural, String text, Scope scope) {
    this.group = group;
    this.version = version;
    this.plural = plural;
    this.text = text;
    this.scope = scope;
  }

  /** The API group; empty for core. */
  public String group() {
    return group;
  }

  public String version() {
    return version;
  }

  /** {@code v1} or {@code apps/v1}, as in a manifest. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** The resource in URLs: {@code deployments}. */
  public String plural() {
    return plural;
  }

  /** The kind as in a manifest: {@code Deployment}. */
  public String text() {
    return text;
  }

  public boolean namespaced() {
    return scope == Scope.NAMESPACE;
  }

  /** Whether objects of this kind hand out addresses, for pods or load balancers. */
  public boolean isAddressPool() {
    return this == CALICO_POOL
        || this == PROJECT_CALICO_POOL
        || this == CILIUM_POOL
        || this == METALLB_POOL;
  }

  /** Whether objects of this kind make pods from a template. */
  public boolean isWorkload() {
    return switch (this) {
      case DEPLOYMENT,
          REPLICA_SET,
          STATEFUL_SET,
          DAEMON_SET,
          REPLICATION_CONTROLLER,
          JOB,
          CRON_JOB ->
          true;
      case NAMESPACE,
          NODE,
          SERVICE_CIDR,
          INGRESS_CLASS,
          CONFIG_MAP,
          POD,
          SERVICE,
          POD_DISRUPTION_BUDGET,
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
          false;
    };
  }

  /** The kind of a group and kind as in a manifest, whatever the version. */
  public static Optional<Kind> of(String group, String kind) {
    for (Kind each : BY_TEXT.getOrDefault(kind, List.of())) {
      if (each.group.equals(group)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** The kind of a name alone, as owner references and settings write it. */
  public static Optional<Kind> named(String kind) {
    List<Kind> found = BY_TEXT.getOrDefault(kind, List.of());
    return found.isEmpty() ? Optional.empty() : Optional.of(found.getFirst());
  }
}
