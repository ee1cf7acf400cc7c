package io.portcullis.reach;

import io.portcullis.net.PortSet;

/**
 * What may pass from one peer to another.
 *
 * @param egress what the policies over the source say
 * @param ingress what the policies over the destination say
 */
public record Connection(Verdict egress, Verdict ingress) {
  /** The ports of the destination that both ends leave open. */
  public PortSet open() {
    return egress.open().intersection(ingress.open());
  }
}
