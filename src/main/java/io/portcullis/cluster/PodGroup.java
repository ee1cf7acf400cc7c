package io.portcullis.cluster;

import io.portcullis.kube.ContainerPort;
import io.portcullis.kube.Owner;
import io.portcullis.kube.Pod;
import io.portcullis.net.Labels;
import java.util.List;
import java.util.Optional;

/**
 * What pods have in common that no rule tells apart. How many there are of it, {@link
 * Contents#count(PodGroup)} says.
 *
 * @param hasSilentContainer whether some container declares no port at all
 * @param asksClusterDns whether they resolve names by the cluster's DNS
 * @param ending whether they are being deleted: they run on for a moment
 * @param controller the owner that manages them, as their references claim
 */
public record PodGroup(
    String namespace,
    Labels labels,
    List<ContainerPort> ports,
    boolean hasSilentContainer,
    boolean hostNetwork,
    boolean asksClusterDns,
    boolean ending,
    Optional<Owner> controller) {
  public PodGroup {
    ports = List.copyOf(ports);
  }

  /** The group of a pod. */
  public static PodGroup of(Pod pod) {
    return new PodGroup(
        pod.namespace(),
        pod.meta().labels(),
        pod.spec().ports(),
        pod.spec().hasSilentContainer(),
        pod.spec().hostNetwork(),
        pod.spec().asksClusterDns(),
        pod.meta().ending(),
        pod.meta().controller());
  }
}
