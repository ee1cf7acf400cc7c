/**
 * What the API server would refuse of an object, told in its own words and with the field.
 *
 * <p>{@link io.portcullis.kube.read.validation.Validation} walks an object's {@link
 * io.portcullis.kube.read.Node}s, so that every problem has a place in the file. It asks what
 * {@code k8s.io/kubernetes/pkg/apis/*}{@code /validation} asks on CREATE, with the feature gates
 * that are on by default in Kubernetes 1.36, and only about fields that the picture reads: a
 * container without an image is not ours to refuse. What the API server accepts is never a problem
 * here. A worked example: a Service with {@code port: 70000} gives {@code spec.ports[0].port:
 * Invalid value: 70000: must be between 1 and 65535, inclusive}. Each check has a sample whose
 * refusal was recorded from a real API server: {@code docs/validation.md}.
 *
 * <p>May use {@code kube.read}, {@code kube} and {@code net}. Knows no file and no other object
 * than the one that it is given.
 */
@NullMarked
package io.portcullis.kube.read.validation;

import org.jspecify.annotations.NullMarked;
