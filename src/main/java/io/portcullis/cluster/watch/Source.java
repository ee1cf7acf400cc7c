package io.portcullis.cluster.watch;

import io.portcullis.kube.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * What one reflector keeps: the objects of a kind, all of them or one by name.
 *
 * @param namespace empty: the objects of all namespaces
 * @param name empty: whatever their name
 * @param fieldSelector empty: all of them
 */
public record Source(Kind kind, String namespace, String name, String fieldSelector) {
  /** Finished pods neither send nor receive; of some clusters they are most of the pods. */
  static final String UNFINISHED = "status.phase!=Succeeded,status.phase!=Failed";

  /** All that the picture is made of. */
  public static List<Source> all() {
    List<Source> all = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      switch (kind) {
        case POD -> all.add(new Source(kind, "", "", UNFINISHED));
        // ConfigMaps hold what is none of our business: only those are read that matter, each by
        // its name, so that no more than these need be allowed.
        case CONFIG_MAP -> {
          all.add(configMap("portcullis-system", "portcullis"));
          all.add(configMap("kube-system", "coredns"));
          all.add(configMap("kube-system", "kubeadm-config"));
          all.add(configMap("kube-system", "kube-proxy"));
          all.add(configMap("kube-system", "kube-flannel-cfg"));
          all.add(configMap("kube-flannel", "kube-flannel-cfg"));
        }
        case NAMESPACE,
            NODE,
            SERVICE_CIDR,
            INGRESS_CLASS,
            DEPLOYMENT,
            REPLICA_SET,
            STATEFUL_SET,
            DAEMON_SET,
            REPLICATION_CONTROLLER,
            JOB,
            CRON_JOB,
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
            all.add(new Source(kind, "", "", ""));
      }
    }
    return List.copyOf(all);
  }

  private static Source configMap(String namespace, String name) {
    return new Source(Kind.CONFIG_MAP, namespace, name, "metadata.name=" + name);
  }

  /** Whether an object of the kind is one of these. */
  boolean covers(String itsNamespace, String itsName) {
    return (namespace.isEmpty() || namespace.equals(itsNamespace))
        && (name.isEmpty() || name.equals(itsName));
  }

  /** {@code pods}, or {@code configmaps kube-system/coredns}. */
  @Override
  public String toString() {
    return name.isEmpty() ? kind.plural() : kind.plural() + " " + namespace + "/" + name;
  }
}
