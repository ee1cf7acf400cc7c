/**
 * The objects of a cluster as Portcullis sees them: small immutable records that keep only the
 * fields that a rule reads.
 *
 * <p>Each object is a {@link io.portcullis.kube.KubeObject}: its {@link io.portcullis.kube.Kind},
 * its {@link io.portcullis.kube.Meta} and its own fields, spelled as in the API. A Deployment,
 * StatefulSet, Job... is one {@link io.portcullis.kube.Workload} with a template. Defaults are
 * applied as the API server would (a port's protocol is TCP, {@code policyTypes} are filled), so
 * that an object from a file and the same object from a cluster are equal.
 *
 * <p>{@code kube.read} makes these records from JSON and YAML and is the only one of the first
 * rooms that knows Jackson. May use {@code net}. Knows nothing of the picture, of rules or of the
 * Kubernetes client.
 */
@NullMarked
package io.portcullis.kube;

import org.jspecify.annotations.NullMarked;
