package io.portcullis.rules;

import io.portcullis.kube.FieldPath;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.kube.PolicyPeer;
import io.portcullis.kube.PolicyPort;
import io.portcullis.net.AddressRange;
import io.portcullis.net.Cidr;
import io.portcullis.net.RangeIndex;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The {@code ipBlock}s of a policy. What it allows in a direction is the union of its rules,
 * whichever they stand in, so that one block can make another pointless that is for no other ports.
 */
record PolicyBlocks(List<Placed> all, Map<Direction, RangeIndex<PolicyBlocks.Placed>> unions) {
  /**
   * A block where it stands.
   *
   * @param ports of its rule; empty: every port
   * @param order its place among all blocks of the policy
   */
  record Placed(
      Direction direction,
      List<PolicyPort> ports,
      int order,
      PolicyPeer.Block block,
      FieldPath path) {
    AddressRange range() {
      return block.cidr().range();
    }

    /** Whether this block allows all of a range but what is excepted from it anyway. */
    private boolean allows(AddressRange wanted, List<Cidr> butNot) {
      return range().contains(wanted)
          && block.except().stream()
              .map(Cidr::range)
              .filter(wanted::overlaps)
              .allMatch(gap -> butNot.stream().anyMatch(cidr -> cidr.range().contains(gap)));
    }

    /** Whether this block is for all ports that another one is for. */
    private boolean isForPortsOf(Placed other) {
      return ports.isEmpty()
          || (!other.ports().isEmpty()
              && other.ports().stream()
                  .allMatch(each -> ports.stream().anyMatch(port -> port.contains(each))));
    }

    private boolean comesAfterIfEqual(Placed other) {
      return !range().equals(other.range()) || !isForPortsOf(other) || order > other.order();
    }
  }

  static PolicyBlocks of(NetworkPolicy policy) {
    List<Placed> all = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      List<NetworkPolicy.Rule> rules = policy.rules(direction);
      for (int i = 0; i < rules.size(); i++) {
        List<PolicyPort> ports = rules.get(i).ports();
        FieldPath peers = PolicyPaths.peers(direction, i);
        for (int j = 0; j < rules.get(i).peers().size(); j++) {
          if (rules.get(i).peers().get(j) instanceof PolicyPeer.Block block) {
            FieldPath path = peers.index(j).field("ipBlock");
            all.add(new Placed(direction, ports, all.size(), block, path));
          }
        }
      }
    }
    Map<Direction, RangeIndex<Placed>> unions = new EnumMap<>(Direction.class);
    for (Placed placed : all) {
      RangeIndex<Placed> union = unions.getOrDefault(placed.direction(), RangeIndex.empty());
      unions.put(placed.direction(), union.plus(placed.range(), placed));
    }
    return new PolicyBlocks(all, unions);
  }

  /** Another block that allows all that this one does; of two equal ones the first. */
  Optional<Placed> covering(Placed block) {
    return around(block, block.range())
        .filter(other -> other.allows(block.range(), block.block().except()))
        .filter(block::comesAfterIfEqual)
        .findFirst();
  }

  /** Another block that allows all of what this one excepts. */
  Optional<Placed> opening(Cidr except, Placed block) {
    return around(block, except.range())
        .filter(other -> other.allows(except.range(), List.of()))
        .findFirst();
  }

  /** The other blocks that have the beginning of a range, for the same ports or more. */
  private Stream<Placed> around(Placed block, AddressRange wanted) {
    AddressRange begin = new AddressRange(wanted.first(), wanted.first());
    return unions.getOrDefault(block.direction(), RangeIndex.empty()).overlapping(begin).stream()
        .filter(other -> other.order() != block.order() && other.isForPortsOf(block));
  }
}
