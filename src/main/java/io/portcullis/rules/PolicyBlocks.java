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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The {@code ipBlock}s of a policy. Those that allow the same ports in the same direction are one
 * union, whichever rules they stand in; only within such a union can one make another pointless.
 */
record PolicyBlocks(List<Placed> all, Map<Union, RangeIndex<PolicyBlocks.Placed>> unions) {
  /** What the blocks of a union have in common. */
  record Union(Direction direction, Set<PolicyPort> ports) {}

  /**
   * A block where it stands.
   *
   * @param order its place among all blocks of the policy
   */
  record Placed(Union union, int order, PolicyPeer.Block block, FieldPath path) {
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

    private boolean comesAfterIfEqual(Placed other) {
      return !range().equals(other.range()) || order > other.order();
    }
  }

  static PolicyBlocks of(NetworkPolicy policy) {
    List<Placed> all = new ArrayList<>();
    for (Direction direction : Direction.values()) {
      List<NetworkPolicy.Rule> rules = policy.rules(direction);
      for (int i = 0; i < rules.size(); i++) {
        Union union = new Union(direction, new HashSet<>(rules.get(i).ports()));
        FieldPath peers = PolicyPaths.peers(direction, i);
        for (int j = 0; j < rules.get(i).peers().size(); j++) {
          if (rules.get(i).peers().get(j) instanceof PolicyPeer.Block block) {
            all.add(new Placed(union, all.size(), block, peers.index(j).field("ipBlock")));
          }
        }
      }
    }
    Map<Union, RangeIndex<Placed>> unions = new HashMap<>();
    for (Placed placed : all) {
      RangeIndex<Placed> union = unions.getOrDefault(placed.union(), RangeIndex.empty());
      unions.put(placed.union(), union.plus(placed.range(), placed));
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

  /** The other blocks of the union that have the beginning of a range. */
  private Stream<Placed> around(Placed block, AddressRange wanted) {
    AddressRange begin = new AddressRange(wanted.first(), wanted.first());
    return unions.getOrDefault(block.union(), RangeIndex.empty()).overlapping(begin).stream()
        .filter(other -> other.order() != block.order());
  }
}
