package io.portcullis.rules;

import io.portcullis.finding.Evidence;
import io.portcullis.finding.Finding;
import io.portcullis.finding.ObjectRef;
import io.portcullis.finding.PatchOp;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.net.Labels;
import io.portcullis.net.PortRange;
import io.portcullis.net.PortSet;
import io.portcullis.net.Protocol;
import io.portcullis.reach.Reach;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is said about pods and DNS.
 *
 * @param now the policy as it is to be; empty where it goes
 */
record DnsFindings(String rule, ClusterDns dns, Optional<NetworkPolicy> now, Question question) {
  private static final FieldPath EGRESS = FieldPath.of("spec", "egress");

  /** They had it, and what opens something else takes it. */
  Finding lost(List<End> ends) {
    String message = "takes DNS from %s: no policy opens %s to %s any more.";
    return Finding.violation(rule, question.ref(), EGRESS, sentence(message, ends))
        .fix(now.isPresent() ? mend() + " here, or apply the policy that does first." : keep())
        .patch(patch())
        .about("DNS lost")
        .related(related())
        .restsOn(evidence(ends));
  }

  /** They had it, and what opens nothing takes it. */
  Finding closed(List<End> ends) {
    String message = "takes DNS from %s: no policy opens %s to %s yet.";
    return Finding.suspicion(rule, question.ref(), EGRESS, sentence(message, ends))
        .fix("apply the policy that opens it first, or right after this one.")
        .about("DNS closed")
        .related(related());
  }

  /** They had none, and do not get it. */
  Finding none(List<End> ends) {
    String message = "leaves %s without DNS: no policy opens %s to %s yet.";
    return Finding.suspicion(rule, question.ref(), EGRESS, sentence(message, ends))
        .fix(mend() + " here or in another policy.")
        .patch(patch())
        .about("no DNS yet")
        .related(related());
  }

  /** They may send something, and all policies there are leave them without it. */
  Finding without(List<End> ends) {
    String message = "leaves %s without DNS: no policy opens %s to %s.";
    return Finding.violation(rule, question.ref(), EGRESS, sentence(message, ends))
        .fix(mend() + " here or in another policy.")
        .patch(patch())
        .about("no DNS")
        .related(related())
        .restsOn(evidence(ends));
  }

  /** They may ask somebody, and who answers in this cluster nobody has shown. */
  Finding perhapsWithout(List<End> ends) {
    String message =
        "leaves %s without DNS, unless the cluster's is another than the usual: no policy opens %s"
            + " to %s.";
    return Finding.suspicion(rule, question.ref(), EGRESS, sentence(message, ends))
        .fix(mend() + ", or show the cluster with --cluster or --context.")
        .about("no DNS")
        .related(related());
  }

  /** They have it by one protocol only. */
  Finding half(List<End> ends, Reach reach) {
    Set<Protocol> missing = EnumSet.noneOf(Protocol.class);
    ends.forEach(end -> {
      Set<Protocol> closed = EnumSet.copyOf(dns.protocols());
      closed.removeAll(dns.open(end.endpoint(), reach));
      missing.addAll(closed);
    });
    PortSet closed =
        missing.stream()
            .map(PortSet::all)
            .reduce(PortSet.NONE, PortSet::union)
            .intersection(dns.ports());
    return Finding.suspicion(
            rule,
            question.ref(),
            EGRESS,
            "leaves %s half of DNS: %s to %s stays closed, and %s."
                .formatted(End.names(ends), closed, dns.name(), loss(missing)))
        .fix("open " + closed + " too.")
        .patch(patch())
        .about("half of DNS")
        .related(related());
  }

  private static String loss(Set<Protocol> missing) {
    return missing.contains(Protocol.UDP)
        ? "most resolvers ask by UDP"
        : "answers that are too long for UDP are asked for again by TCP";
  }

  private String sentence(String pattern, List<End> ends) {
    return pattern.formatted(End.names(ends), dns.ports(), dns.name());
  }

  private String mend() {
    return "open %s to the pods %s of namespace %s"
        .formatted(dns.ports(), selector(), dns.service().namespace());
  }

  private static String keep() {
    return "apply another policy that opens DNS first, or delete the policies that isolate the pods"
        + " before this one.";
  }

  private Labels selector() {
    return dns.service().selector().orElse(Labels.EMPTY);
  }

  /** A rule that opens DNS and nothing else, where there is a policy to put it into. */
  private List<PatchOp> patch() {
    if (now.isEmpty()) {
      return List.of();
    }
    List<Map<String, Object>> ports = new ArrayList<>();
    for (Protocol protocol : Protocol.values()) {
      for (PortRange range : dns.ports().ranges(protocol)) {
        for (int port = range.first(); port <= range.last(); port++) {
          ports.add(Map.of("protocol", protocol.name(), "port", port));
        }
      }
    }
    Map<String, Object> peer =
        Map.of(
            "namespaceSelector",
            Map.of("matchLabels", Map.of(Namespace.NAME_LABEL, dns.service().namespace())),
            "podSelector",
            Map.of("matchLabels", selector().asMap()));
    Map<String, Object> opened = Map.of("to", List.of(peer), "ports", ports);
    return List.of(
        now.get().egress().isEmpty()
            ? new PatchOp.Add(EGRESS.pointer(), List.of(opened))
            : new PatchOp.Add(EGRESS.pointer() + "/-", opened));
  }

  private List<ObjectRef> related() {
    return List.of(ObjectRef.of(dns.service()));
  }

  /**
   * That one of them is there and DNS too, and that no policy has come that the picture lacks: of
   * those that are applied together, the one that opens DNS may be a moment old.
   */
  private List<Evidence> evidence(List<End> ends) {
    End first = ends.stream().min(Comparator.comparing(End::toString)).orElseThrow();
    return List.of(
        first.presence(question.before()),
        dns.presence(),
        ConnectionFindings.policies(first.namespace(), question));
  }
}
