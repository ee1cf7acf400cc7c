package io.portcullis.finding;

/**
 * What a request is about, as the API server names it; the kind may be one that we do not read.
 *
 * @param kind as in a manifest
 * @param namespace empty for cluster-scoped objects; for a Namespace its own name
 * @param name may be empty where the API server still has to make one
 * @param subresource {@code status}, {@code scale}...; empty for the object itself
 */
public record Target(
    String group, String version, String kind, String namespace, String name, String subresource) {}
