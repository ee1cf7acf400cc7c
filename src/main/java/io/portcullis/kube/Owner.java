package io.portcullis.kube;

/**
 * An owner reference. It is a claim of whoever wrote the object: anybody may write one.
 *
 * @param kind as written, {@code ReplicaSet}
 * @param controller whether it is the one that manages the object
 * @param foreign whether the kind is called like one of ours and is of another group, {@code
 *     apps.kruise.io}
 */
public record Owner(String kind, String name, String uid, boolean controller, boolean foreign) {
  /** One of a kind of ours, or of one that is called like none. */
  public Owner(String kind, String name, String uid, boolean controller) {
    this(kind, name, uid, controller, false);
  }
}
