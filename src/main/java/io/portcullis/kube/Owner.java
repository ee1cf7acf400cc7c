package io.portcullis.kube;

/**
 * An owner reference. It is a claim of whoever wrote the object: anybody may write one.
 *
 * @param kind as written, {@code ReplicaSet}
 * @param controller whether it is the one that manages the object
 */
public record Owner(String kind, String name, String uid, boolean controller) {}
