/**
 * The picture of the cluster: what exists, live.
 *
 * <p>A {@link io.portcullis.cluster.Cluster} is immutable and knows its version; a {@link
 * io.portcullis.cluster.Delta} is one change, and {@link
 * io.portcullis.cluster.Cluster#apply(Delta)} makes the next picture, sharing with the last what
 * did not change. "The cluster after this change" is a delta applied and never published. What is
 * in one namespace is a {@link io.portcullis.cluster.Contents}, with indexes that answer which pods
 * a selector matches, which Services select given labels and which Ingresses lead to a Service.
 * Over all namespaces it answers which of them a selector matches, which NetworkPolicies ask for
 * given labels of namespaces, which Ingresses claim a host and path, and, in its {@link
 * io.portcullis.cluster.AddressLedger}, who claims which addresses.
 *
 * <p>Pods are held as {@link io.portcullis.cluster.PodGroup}s with a count. A worked example: three
 * pods {@code {app: web, pod-template-hash: 5d4}} of one ReplicaSet are one group with count 3;
 * deleting one leaves the group with count 2; deleting all removes it from every index.
 *
 * <p>Two feeders fill it: {@code cluster.manifests} from files, {@code cluster.watch} from an API
 * server; only the latter knows the Kubernetes client. May use {@code kube} and {@code net}. Knows
 * nothing of rules, settings or requests.
 */
@NullMarked
package io.portcullis.cluster;

import org.jspecify.annotations.NullMarked;
