package io.portcullis.rules;

import io.portcullis.cluster.AddressLedger;
import io.portcullis.finding.Evidence;
import io.portcullis.finding.Finding;
import io.portcullis.finding.Operation;
import io.portcullis.kube.AddressClaim;
import io.portcullis.kube.AddressUse;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.read.AddressClaims;
import io.portcullis.net.AddressRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A range of addresses for one use that another use has too: packets for the one go to the other.
 * Two claims for the same use are two words for the same thing (a Node's podCIDR and the pods'
 * range, a ServiceCIDR and what kubeadm wrote down), unless they are of two pools.
 */
public final class AddressOverlap implements Rule {
  private static final String ID = "address-overlap";

  private static final RuleInfo INFO =
      new RuleInfo(
          ID,
          "Nodes, pods and Services have addresses of their own",
          Set.of(
              Kind.SERVICE_CIDR,
              Kind.CONFIG_MAP,
              Kind.CALICO_POOL,
              Kind.PROJECT_CALICO_POOL,
              Kind.CILIUM_POOL,
              Kind.METALLB_POOL),
          Set.of(Operation.CREATE, Operation.UPDATE),
          RuleInfo.View.OTHER_OBJECTS);

  private static final Set<AddressUse> ROUTED = EnumSet.of(AddressUse.NODES, AddressUse.PODS);

  /** What somebody declared before what single Nodes got; then in the order of addresses. */
  private static final Comparator<AddressClaim> BEST_KNOWN_FIRST =
      Comparator.comparing((AddressClaim claim) -> claim.kind() == Kind.NODE)
          .thenComparing(claim -> !Claims.isOfSettings(claim))
          .thenComparing(claim -> claim.range().first())
          .thenComparing(claim -> claim.range().last(), Comparator.reverseOrder())
          .thenComparing(Claims::who);

  /** Two claims that share addresses. */
  private record Clash(AddressClaim ours, AddressClaim theirs, AddressRange shared) {
    static Clash of(AddressClaim ours, AddressClaim theirs) {
      return new Clash(ours, theirs, ours.range().intersection(theirs.range()).orElseThrow());
    }

    /** Whether whoever knows of this knows of the other: its addresses, or one Node of many. */
    boolean tellsOf(Clash other) {
      return ours.use() == other.ours.use()
          && theirs.use() == other.theirs.use()
          && (shared.contains(other.shared) || (isOfNode() && other.isOfNode()));
    }

    private boolean isOfNode() {
      return theirs.kind() == Kind.NODE;
    }

    /** Whether packets for the one go to the other: a Service's address is none on any wire. */
    boolean isRouted() {
      return EnumSet.of(ours.use(), theirs.use()).equals(ROUTED);
    }
  }

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> judge(Question question) {
    Optional<KubeObject> object = question.change().object();
    List<AddressClaim> claims = object.map(Claims::of).orElse(List.of());
    if (object.isEmpty() || claims.isEmpty()) {
      return List.of();
    }
    List<Clash> told = new ArrayList<>();
    for (Clash clash : clashes(object.get(), claims, question)) {
      if (told.stream().noneMatch(earlier -> earlier.tellsOf(clash))) {
        told.add(clash);
      }
    }
    return told.stream().map(clash -> finding(clash, object.get(), question)).toList();
  }

  private static List<Clash> clashes(
      KubeObject object, List<AddressClaim> claims, Question question) {
    AddressLedger ledger =
        Claims.isSettings(object) ? question.after().ledger() : Claims.ledger(question);
    List<Clash> clashes = new ArrayList<>();
    for (int i = 0; i < claims.size(); i++) {
      AddressClaim ours = claims.get(i);
      Stream.concat(
              ledger.overlapping(ours.range()).stream().filter(theirs -> !theirs.isOf(object)),
              claims.subList(0, i).stream().filter(own -> own.range().overlaps(ours.range())))
          .filter(theirs -> areApart(ours, theirs))
          .sorted(BEST_KNOWN_FIRST)
          .forEach(theirs -> clashes.add(Clash.of(ours, theirs)));
    }
    return clashes;
  }

  /** Whether no address should be both. */
  private static boolean areApart(AddressClaim one, AddressClaim other) {
    return one.use() == other.use()
        ? (one.use() == AddressUse.RESERVED && !one.what().equals(other.what()))
            || areTwoPools(one, other)
        : !isOnTheNodesNetwork(one, other) && !isOnTheNodesNetwork(other, one);
  }

  /** Two pools give one address twice; the same one may be seen through two API groups. */
  private static boolean areTwoPools(AddressClaim one, AddressClaim other) {
    return one.kind().isAddressPool()
        && other.kind().isAddressPool()
        && !one.name().equals(other.name());
  }

  /**
   * Load balancers that announce addresses to their neighbours have theirs from the nodes' network;
   * only the address of a Node itself they may not have.
   */
  private static boolean isOnTheNodesNetwork(AddressClaim pool, AddressClaim nodes) {
    return pool.use() == AddressUse.LOAD_BALANCERS
        && nodes.use() == AddressUse.NODES
        && nodes.kind() != Kind.NODE;
  }

  private static Finding finding(Clash clash, KubeObject object, Question question) {
    AddressClaim ours = clash.ours();
    AddressClaim theirs = clash.theirs();
    boolean old = metBefore(clash, question);
    String message =
        "%s for %s (%s) overlaps %s for %s (%s): both have %s%s."
            .formatted(
                ours.range().text(),
                Claims.purpose(ours),
                Claims.where(ours),
                theirs.range().text(),
                Claims.purpose(theirs),
                Claims.who(theirs),
                clash.shared().text(),
                old ? ", and had before" : "");
    boolean isObject = !Claims.isOfSettings(theirs) && !theirs.isOf(object);
    Finding finding =
        clash.isRouted() && !old
            ? Finding.violation(ID, question.ref(), ours.path(), message)
                .restsOn(isObject ? List.of(presence(theirs)) : List.of())
            : Finding.suspicion(ID, question.ref(), ours.path(), message);
    return finding
        .fix("choose a range for %s that no other use has.".formatted(Claims.purpose(ours)))
        .related(isObject ? List.of(Claims.owner(theirs)) : List.of())
        .about("%s over %s of %s".formatted(ours.use(), theirs.use(), Claims.owner(theirs)));
  }

  /**
   * Whether addresses of the two uses met here before the change, whoever claimed them: what a
   * cluster lives with is never refused again. Of everything at once there is no before.
   */
  private static boolean metBefore(Clash clash, Question question) {
    if (question.occasion() == Question.Occasion.WHOLE) {
      return false;
    }
    AddressLedger before = question.before().ledger().plus(Claims.of(question.settings()));
    return before.overlapping(clash.shared()).stream()
        .filter(claim -> claim.use() == clash.ours().use())
        .anyMatch(claim -> meets(claim, clash, before));
  }

  private static boolean meets(AddressClaim claim, Clash clash, AddressLedger before) {
    return claim.range().intersection(clash.shared()).stream()
        .flatMap(range -> before.overlapping(range).stream())
        .anyMatch(other -> other.use() == clash.theirs().use() && areApart(claim, other));
  }

  private static Evidence presence(AddressClaim claim) {
    return new Evidence.Present(
        claim.kind(),
        claim.namespace(),
        claim.name(),
        object -> AddressClaims.of(object).contains(claim));
  }
}
