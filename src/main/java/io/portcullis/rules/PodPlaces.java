package io.portcullis.rules;

import io.portcullis.cluster.AddressLedger;
import io.portcullis.kube.AddressClaim;
import io.portcullis.kube.AddressUse;
import io.portcullis.net.AddressRange;
import io.portcullis.net.Cidr;
import io.portcullis.reach.PeerMatcher;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where pods may have their addresses, which the picture does not keep: in the ranges that are
 * known to be for pods, else in any private one. Looks for them when it is first asked: most
 * changes cut nothing, and big clusters know a range for each node. For one thread.
 */
final class PodPlaces {
  /** Where pods have their addresses unless somebody says otherwise. Source: RFC 1918, RFC 4193. */
  private static final List<AddressRange> PRIVATE =
      Stream.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
          .map(block -> Cidr.parse(block).range())
          .toList();

  private final Question question;
  private final List<AddressRange> more;
  private @Nullable List<AddressRange> ranges;

  private PodPlaces(Question question, List<AddressRange> more) {
    this.question = question;
    this.more = more;
  }

  static PodPlaces in(Question question) {
    return new PodPlaces(question, List.of());
  }

  /** These and one more. */
  PodPlaces with(AddressRange one) {
    return new PodPlaces(question, Stream.concat(more.stream(), Stream.of(one)).toList());
  }

  private List<AddressRange> ranges() {
    List<AddressRange> known = ranges;
    if (known == null) {
      known = Stream.concat(find().stream(), more.stream()).toList();
      ranges = known;
    }
    return known;
  }

  private List<AddressRange> find() {
    AddressLedger ledger = Claims.ledger(question);
    List<AddressRange> declared =
        PRIVATE.stream()
            .flatMap(range -> ledger.overlapping(range).stream())
            .filter(claim -> claim.use() == AddressUse.PODS)
            .map(AddressClaim::range)
            .toList();
    return declared.isEmpty() ? PRIVATE : declared;
  }

  /** Whether a block has an address of these. */
  boolean mayHold(PeerMatcher.Addresses block) {
    return ranges().stream()
        .anyMatch(place ->
            block.ranges().stream()
                .flatMap(range -> range.intersection(place).stream())
                .anyMatch(shared ->
                    block.except().stream().noneMatch(except -> except.contains(shared))));
  }
}
