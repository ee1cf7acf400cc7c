package io.portcullis.kube;

import io.portcullis.net.AddressRange;

/**
 * A range of addresses that an object says are for some use.
 *
 * @param kind of the object that says it; its namespace and name follow
 * @param path where in the object
 * @param what what it is called there: {@code networking.podSubnet}
 */
public record AddressClaim(
    AddressUse use,
    AddressRange range,
    Kind kind,
    String namespace,
    String name,
    FieldPath path,
    String what) {
  /** Whether it is the object's. */
  public boolean isOf(KubeObject object) {
    return kind == object.kind()
        && namespace.equals(object.namespace())
        && name.equals(object.name());
  }
}
