package io.portcullis.rules;

import io.portcullis.kube.AddressClaim;
import io.portcullis.kube.AddressUse;
import io.portcullis.net.AddressRange;
import io.portcullis.net.Cidr;
import io.portcullis.reach.PeerMatcher;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where pods may have their addresses, which the picture does not keep: in the ranges that are
 * known to be for pods, else in any private one.
 */
record PodPlaces(List<AddressRange> ranges) {
  /** Where pods have their addresses unless somebody says otherwise. Source: RFC 1918, RFC 4193. */
  private static final List<AddressRange> PRIVATE =
      Stream.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
          .map(block -> Cidr.parse(block).range())
          .toList();

  PodPlaces {
    ranges = List.copyOf(ranges);
  }

  static PodPlaces in(Question question) {
    List<AddressRange> declared =
        PRIVATE.stream()
            .flatMap(range -> Claims.ledger(question).overlapping(range).stream())
            .filter(claim -> claim.use() == AddressUse.PODS)
            .map(AddressClaim::range)
            .toList();
    return new PodPlaces(declared.isEmpty() ? PRIVATE : declared);
  }

  /** These and one more. */
  PodPlaces with(AddressRange more) {
    return new PodPlaces(Stream.concat(ranges.stream(), Stream.of(more)).toList());
  }

  /** Whether a block has an address of these. */
  boolean mayHold(PeerMatcher.Addresses block) {
    return ranges.stream()
        .anyMatch(place ->
            block.ranges().stream()
                .flatMap(range -> range.intersection(place).stream())
                .anyMatch(shared ->
                    block.except().stream().noneMatch(except -> except.contains(shared))));
  }
}
