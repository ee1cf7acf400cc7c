package io.portcullis.rules;

import io.portcullis.finding.Evidence;
import io.portcullis.kube.AddressClaim;
import io.portcullis.kube.AddressUse;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.net.AddressRange;
import io.portcullis.net.Cidr;
import io.portcullis.net.PortSet;
import io.portcullis.net.Protocol;
import io.portcullis.reach.Clause;
import io.portcullis.reach.PeerMatcher;
import io.portcullis.reach.Reach;
import io.portcullis.settings.Tiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What NetworkPolicies open between tiers, and between a tier and the world, beyond the flows that
 * the settings declare. Who opens something to everybody opens it to the world; that all tiers are
 * among everybody is not told apart.
 */
final class OpenedFlows {
  /**
   * Ports that a clause opens and no flow declares.
   *
   * @param path the clause
   * @param opened all that the clause opens between them: ports of the pods that it goes to
   * @param ports of these, those that no flow declares; at least one
   * @param evidence that the pods are there, and in these tiers
   */
  record Opened(
      FieldPath path,
      String from,
      String to,
      PortSet opened,
      PortSet ports,
      List<Evidence> evidence) {
    /** Whether it is between the same two. */
    boolean isBetween(Opened other) {
      return from.equals(other.from) && to.equals(other.to);
    }

    boolean isToWorld() {
      return to.equals(Tiers.WORLD);
    }
  }

  /** Many open these to everybody, since DNS is somewhere there; no pod of a tier answers. */
  static final PortSet DNS = PortSet.of(Protocol.UDP, 53).union(PortSet.of(Protocol.TCP, 53));

  private static final List<AddressRange> LINK_LOCAL =
      Stream.of("169.254.0.0/16", "fe80::/10").map(block -> Cidr.parse(block).range()).toList();

  /** All addresses of a family. */
  static final Set<AddressRange> EVERYWHERE =
      Set.of(Cidr.parse("0.0.0.0/0").range(), Cidr.parse("::/0").range());

  private static final Set<AddressUse> OURS =
      Set.of(AddressUse.NODES, AddressUse.PODS, AddressUse.SERVICES);

  private final Tiers tiers;
  private final Question question;
  private final TieredPods pods;
  private final List<Opened> opened = new ArrayList<>();

  private OpenedFlows(Question question) {
    this.tiers = question.settings().tiers();
    this.question = question;
    this.pods = new TieredPods(tiers, question);
  }

  /** What a policy opens beyond the flows, in the order of its rules. */
  static List<Opened> by(NetworkPolicy policy, Question question) {
    OpenedFlows flows = new OpenedFlows(question);
    List<TieredPods.Part> selected =
        flows.pods.in(List.of(policy.namespace()), policy.podSelector());
    for (Direction direction : Direction.values()) {
      if (!selected.isEmpty() && policy.policyTypes().contains(direction)) {
        Reach.allows(policy, direction)
            .forEach(clause -> selected.forEach(self -> flows.add(self, clause)));
      }
    }
    return flows.opened;
  }

  private void add(TieredPods.Part self, Clause clause) {
    switch (clause.matcher()) {
      case PeerMatcher.Everybody _ -> addWorld(self, clause, true);
      case PeerMatcher.Addresses addresses -> addAddresses(self, clause, addresses);
      case PeerMatcher.PodsHere here ->
          pods.in(List.of(here.namespace()), here.podSelector())
              .forEach(other -> add(self, other, clause));
      case PeerMatcher.PodsOf of ->
          pods.of(of.namespaceSelector(), of.podSelector())
              .forEach(other -> add(self, other, clause));
      case PeerMatcher.Nobody _ -> {}
    }
  }

  private void addAddresses(TieredPods.Part self, Clause clause, PeerMatcher.Addresses addresses) {
    AddressRange range = addresses.ranges().getFirst();
    if (!isInCluster(range)) {
      addWorld(self, clause, EVERYWHERE.contains(range));
    }
  }

  private boolean isInCluster(AddressRange range) {
    return LINK_LOCAL.stream().anyMatch(local -> local.contains(range))
        || Claims.ledger(question).overlapping(range).stream()
            .filter(claim -> OURS.contains(claim.use()))
            .map(AddressClaim::range)
            .anyMatch(claimed -> claimed.contains(range));
  }

  private void add(TieredPods.Part self, TieredPods.Part other, Clause clause) {
    if (self.tier().equals(other.tier())) {
      return;
    }
    boolean in = clause.direction() == Direction.INGRESS;
    TieredPods.Part from = in ? other : self;
    TieredPods.Part to = in ? self : other;
    PortSet ports = to.portsOf(clause);
    PortSet beyond = ports.minus(tiers.ports(from.tier(), to.tier()));
    if (!DNS.containsAll(beyond)) {
      List<Evidence> evidence =
          Stream.concat(self.evidence().stream(), other.evidence().stream()).toList();
      opened.add(new Opened(clause.path(), from.tier(), to.tier(), ports, beyond, evidence));
    }
  }

  /**
   * Opens the world's side.
   *
   * @param everywhere whether all addresses are meant; some may be those of the API server, say
   */
  private void addWorld(TieredPods.Part self, Clause clause, boolean everywhere) {
    boolean in = clause.direction() == Direction.INGRESS;
    String from = in ? Tiers.WORLD : self.tier();
    String to = in ? self.tier() : Tiers.WORLD;
    PortSet ports = in ? self.portsOf(clause) : clause.portsOn(Optional.empty());
    PortSet beyond =
        ports.minus(ofWorld(from, to)).minus(everywhere ? PortSet.NONE : ofOthers(from, to));
    if (!beyond.isEmpty()) {
      opened.add(new Opened(clause.path(), from, to, ports, beyond, self.evidence()));
    }
  }

  /** A tier that is exposed, and of which no flow says by which ports, is so by all. */
  private PortSet ofWorld(String from, String to) {
    PortSet declared = tiers.ports(from, to);
    return declared.isEmpty() && tiers.exposed().contains(to) ? PortSet.ALL : declared;
  }

  /** What flows declare with others that have no tier: the API server, health checks. */
  private PortSet ofOthers(String from, String to) {
    return tiers.flows().stream()
        .filter(flow ->
            from.equals(Tiers.WORLD)
                ? Tiers.isOtherEnd(flow.from()) && flow.to().equals(to)
                : Tiers.isOtherEnd(flow.to()) && flow.from().equals(from))
        .map(Tiers.Flow::portSet)
        .reduce(PortSet.NONE, PortSet::union);
  }
}
