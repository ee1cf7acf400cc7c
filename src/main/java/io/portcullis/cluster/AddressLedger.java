package io.portcullis.cluster;

import io.portcullis.kube.AddressClaim;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.read.AddressClaims;
import io.portcullis.net.AddressRange;
import io.portcullis.net.RangeIndex;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses are for what, as the objects of a cluster say. Immutable; who claims addresses of
 * a range is answered in the logarithm of all claims.
 */
public final class AddressLedger {
  public static final AddressLedger EMPTY = new AddressLedger(RangeIndex.empty());

  private final RangeIndex<AddressClaim> claims;

  private AddressLedger(RangeIndex<AddressClaim> claims) {
    this.claims = claims;
  }

  /** This with claims that no object of the picture makes. */
  public AddressLedger plus(List<AddressClaim> more) {
    RangeIndex<AddressClaim> all = claims;
    for (AddressClaim claim : more) {
      all = all.plus(claim.range(), claim);
    }
    return new AddressLedger(all);
  }

  /** The claims that share an address with a range, in the order of their ranges. */
  public List<AddressClaim> overlapping(AddressRange range) {
    return claims.overlapping(range);
  }

  /** The ledger after one object took the place of another. */
  AddressLedger changed(Optional<KubeObject> before, Optional<KubeObject> after) {
    List<AddressClaim> old = before.map(AddressClaims::of).orElse(List.of());
    List<AddressClaim> now = after.map(AddressClaims::of).orElse(List.of());
    // A Node's status comes again and again and says the same of its addresses.
    return old.equals(now) ? this : minus(old).plus(now);
  }

  private AddressLedger minus(List<AddressClaim> gone) {
    RangeIndex<AddressClaim> left = claims;
    for (AddressClaim claim : gone) {
      left = left.minus(claim.range(), claim);
    }
    return new AddressLedger(left);
  }
}
