package io.portcullis.kube.read;

import io.portcullis.kube.ClusterPolicy;
import io.portcullis.kube.ClusterPolicy.Action;
import io.portcullis.kube.ClusterPolicy.Tier;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.kube.PolicyPeer;
import io.portcullis.kube.PolicyPort;
import io.portcullis.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the policies of the whole cluster. Source: policy.networking.k8s.io, v1alpha1 and v1alpha2.
 *
 * <p>What their schemas let pass and nobody can match (a selector with an unknown operator, a
 * network that is no block) is no problem: it matches nothing.
 */
final class ClusterPolicyReader implements ObjectReader.Body {
  private final Kind kind;
  private Tier tier;
  private int priority;
  private PolicyPeer subject = new PolicyPeer.Unmatched("subject");
  private final List<ClusterPolicy.Rule> ingress = new ArrayList<>();
  private final List<ClusterPolicy.Rule> egress = new ArrayList<>();

  ClusterPolicyReader(Kind kind) {
    this.kind = kind;
    this.tier = kind == Kind.BASELINE_ADMIN_NETWORK_POLICY ? Tier.BASELINE : Tier.ADMIN;
  }

  @Override
  public void field(String name, JsonCursor cursor) {
    if (name.equals("spec")) {
      cursor.fields(field -> spec(field, cursor));
    }
  }

  private void spec(String field, JsonCursor cursor) {
    switch (field) {
      case "tier" -> tier(cursor);
      case "priority" -> priority = cursor.integer().orElse(0);
      case "subject" -> subject = peer(cursor, "subject");
      case "ingress" -> cursor.items(() -> ingress.add(rule(cursor, "from")));
      case "egress" -> cursor.items(() -> egress.add(rule(cursor, "to")));
      default -> {}
    }
  }

  private void tier(JsonCursor cursor) {
    if (kind == Kind.CLUSTER_NETWORK_POLICY) {
      tier = cursor.text().filter("Baseline"::equals).isPresent() ? Tier.BASELINE : Tier.ADMIN;
    }
  }

  private static ClusterPolicy.Rule rule(JsonCursor cursor, String peersField) {
    List<PolicyPeer> peers = new ArrayList<>();
    List<PolicyPort> ports = new ArrayList<>();
    Action[] action = {Action.DENY};
    boolean[] limited = {false};
    cursor.fields(field -> {
      if (field.equals(peersField)) {
        cursor.items(() -> peers.add(peer(cursor, "peer")));
      } else if (field.equals("action")) {
        action[0] = action(cursor);
      } else if (field.equals("ports") || field.equals("protocols")) {
        limited[0] = !cursor.isNull();
        cursor.items(() -> ports.addAll(ClusterPortReader.read(cursor)));
      }
    });
    return new ClusterPolicy.Rule(
        action[0], peers, limited[0] ? Optional.of(ports) : Optional.empty());
  }

  /** The first decision that the schema does not list is the careful one. */
  private static Action action(JsonCursor cursor) {
    return switch (cursor.text().orElse("")) {
      case "Allow", "Accept" -> Action.ACCEPT;
      case "Pass" -> Action.PASS;
      default -> Action.DENY;
    };
  }

  /** A peer or a subject; both are written in one way. */
  private static PolicyPeer peer(JsonCursor cursor, String what) {
    List<PolicyPeer> found = new ArrayList<>();
    cursor.fields(field -> {
      if (!cursor.isNull()) {
        found.add(
            switch (field) {
              case "namespaces" -> namespaces(cursor);
              case "pods" -> pods(cursor);
              case "networks" -> networks(cursor);
              default -> new PolicyPeer.Unmatched(field);
            });
      }
    });
    return found.size() == 1 ? found.getFirst() : new PolicyPeer.Unmatched(what);
  }

  private static PolicyPeer namespaces(JsonCursor cursor) {
    return SelectorReader.readable(cursor)
        .<PolicyPeer>map(selector -> new PolicyPeer.Pods(Optional.empty(), Optional.of(selector)))
        .orElse(new PolicyPeer.Unmatched("namespaces"));
  }

  private static PolicyPeer pods(JsonCursor cursor) {
    List<PolicyPeer.Pods> parts = new ArrayList<>();
    cursor.fields(field -> {
      switch (field) {
        case "namespaceSelector" ->
            SelectorReader.readable(cursor)
                .ifPresent(s -> parts.add(new PolicyPeer.Pods(Optional.empty(), Optional.of(s))));
        case "podSelector" ->
            SelectorReader.readable(cursor)
                .ifPresent(s -> parts.add(new PolicyPeer.Pods(Optional.of(s), Optional.empty())));
        default -> {}
      }
    });
    var pods = parts.stream().flatMap(part -> part.podSelector().stream()).findFirst();
    var namespaces = parts.stream().flatMap(part -> part.namespaceSelector().stream()).findFirst();
    return pods.isPresent() && namespaces.isPresent()
        ? new PolicyPeer.Pods(pods, namespaces)
        : new PolicyPeer.Unmatched("pods");
  }

  private static PolicyPeer networks(JsonCursor cursor) {
    return new PolicyPeer.Networks(
        cursor.texts().stream().flatMap(text -> Cidr.tryParse(text).stream()).toList());
  }

  @Override
  public KubeObject build(Meta meta) {
    return new ClusterPolicy(kind, meta, tier, priority, subject, ingress, egress);
  }
}
