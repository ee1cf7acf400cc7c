/**
 * The picture from files: manifests as {@code kubectl apply -R -f} would take them.
 *
 * <p>{@link io.portcullis.cluster.manifests.Sources} finds the texts behind a PATH, {@link
 * io.portcullis.cluster.manifests.Manifests} reads their objects and remembers where each stands,
 * {@link io.portcullis.cluster.manifests.Surroundings} adds what every cluster has beside them. A
 * worked example: a file with a Service in namespace {@code shop} and nothing else gives one {@link
 * io.portcullis.cluster.manifests.Manifest}, and a picture with that Service, the namespaces {@code
 * shop}, {@code default} and {@code kube-system}..., and the Service {@code kube-system/kube-dns}.
 *
 * <p>What can't be read, what the API server would refuse, and two documents for one object are
 * {@link io.portcullis.cluster.manifests.ManifestProblem}s; everything else is read all the same.
 * May use {@code kube} with its readers, {@code net} and {@code cluster}. Knows nothing of rules.
 */
@NullMarked
package io.portcullis.cluster.manifests;

import org.jspecify.annotations.NullMarked;
