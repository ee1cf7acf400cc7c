package io.portcullis.reach;

import io.portcullis.net.AddressRange;

/**
 * Addresses that no known pod has. A block that holds only some of the range does not match it: who
 * asks cuts the range first.
 */
public record Outside(AddressRange range) implements Peer {
  /** The range as {@code 10.0.0.0-10.0.0.9}. */
  @Override
  public String toString() {
    return range.toString();
  }
}
