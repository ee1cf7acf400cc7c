package io.portcullis.rules;

import io.portcullis.cluster.AddressLedger;
import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.finding.Operation;
import io.portcullis.kube.AddressClaim;
import io.portcullis.kube.AddressUse;
import io.portcullis.kube.Kind;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.net.AddressRange;
import io.portcullis.net.Cidr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Blocks of a NetworkPolicy that may not do what they say: addresses of pods or Services, which
 * policies may see only after they were translated, and blocks that another block makes pointless.
 * Source: networking.k8s.io/v1 IPBlock, and "Network Policies" in the Kubernetes documentation.
 */
public final class PolicyIpblock implements Rule {
  private static final String ID = "policy-ipblock";

  private static final RuleInfo INFO =
      new RuleInfo(
          ID,
          "An ipBlock is outside the cluster, and no other block of the policy makes it pointless",
          Set.of(Kind.NETWORK_POLICY),
          Set.of(Operation.CREATE, Operation.UPDATE),
          RuleInfo.View.OTHER_OBJECTS);

  /** Of several claims the widest is the one that people know. */
  private static final Comparator<AddressClaim> WIDEST_FIRST =
      Comparator.comparing((AddressClaim claim) -> claim.range().first())
          .thenComparing(claim -> claim.range().last(), Comparator.reverseOrder())
          .thenComparing(Claims::who);

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Finding> judge(Question question) {
    return question
        .change()
        .object()
        .filter(NetworkPolicy.class::isInstance)
        .map(NetworkPolicy.class::cast)
        .map(PolicyBlocks::of)
        .filter(blocks -> !blocks.all().isEmpty())
        .map(blocks -> judge(blocks, question))
        .orElse(List.of());
  }

  private static List<Finding> judge(PolicyBlocks blocks, Question question) {
    AddressLedger ledger = Claims.ledger(question);
    List<Finding> findings = new ArrayList<>();
    for (PolicyBlocks.Placed block : blocks.all()) {
      inside(block, ledger).ifPresent(claim -> findings.add(inCluster(block, claim, question)));
      List<Finding> opened = opened(block, blocks, question);
      findings.addAll(opened);
      if (opened.isEmpty()) {
        blocks.covering(block).ifPresent(wider -> findings.add(shadowed(block, wider, question)));
      }
    }
    return findings;
  }

  /** The claim of pods or Services that has the whole block. */
  private static Optional<AddressClaim> inside(PolicyBlocks.Placed block, AddressLedger ledger) {
    AddressRange range = block.range();
    return ledger.overlapping(new AddressRange(range.first(), range.first())).stream()
        .filter(claim -> claim.range().contains(range))
        .filter(claim -> claim.use() == AddressUse.PODS || claim.use() == AddressUse.SERVICES)
        .min(WIDEST_FIRST);
  }

  private static Finding inCluster(
      PolicyBlocks.Placed block, AddressClaim claim, Question question) {
    return Finding.suspicion(
            ID,
            question.ref(),
            block.path().field("cidr"),
            "%s is inside %s, the range for %s (%s): whether a policy sees such an address or one after NAT is undefined."
                .formatted(
                    block.block().cidr(),
                    claim.range().text(),
                    claim.use().text(),
                    Claims.who(claim)))
        .fix(
            "select the pods with podSelector and namespaceSelector instead%s."
                .formatted(
                    claim.use() == AddressUse.SERVICES
                        ? ", or name what is behind the Service"
                        : ""))
        .related(Claims.isOfSettings(claim) ? List.of() : List.<ObjectRef>of(Claims.owner(claim)));
  }

  private static List<Finding> opened(
      PolicyBlocks.Placed block, PolicyBlocks blocks, Question question) {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < block.block().except().size(); i++) {
      Cidr except = block.block().except().get(i);
      Optional<PolicyBlocks.Placed> opening = blocks.opening(except, block);
      if (opening.isPresent()) {
        findings.add(
            Finding.suspicion(
                    ID,
                    question.ref(),
                    block.path().field("except").index(i),
                    "%s is excepted here and allowed by %s in %s: an except takes nothing from another block."
                        .formatted(except, opening.get().block().cidr(), opening.get().path()))
                .fix("repeat the except there, or remove it here."));
      }
    }
    return findings;
  }

  private static Finding shadowed(
      PolicyBlocks.Placed block, PolicyBlocks.Placed wider, Question question) {
    return Finding.suspicion(
            ID,
            question.ref(),
            block.path().field("cidr"),
            "%s adds nothing: %s in %s allows it already."
                .formatted(block.block().cidr(), wider.block().cidr(), wider.path()))
        .fix("remove one of the two.");
  }
}
