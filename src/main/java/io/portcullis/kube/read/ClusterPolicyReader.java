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
import io.portcullis.net.Selector;
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

  /** A peer or a subject; both are written in one way. Fields that nobody knows are pruned. */
  private static PolicyPeer peer(JsonCursor cursor, String what) {
    List<PolicyPeer> found = new ArrayList<>();
    cursor.fields(field -> {
      if (!cursor.isNull()) {
        switch (field) {
          case "namespaces" -> found.add(namespaces(cursor));
          case "pods" -> found.add(pods(cursor));
          case "networks" -> found.add(networks(cursor));
          case "nodes", "domainNames" -> found.add(new PolicyPeer.Unmatched(field));
          default -> {}
        }
      }
    });
    return found.size() == 1 ? found.getFirst() : new PolicyPeer.Unmatched(what);
  }

  private static PolicyPeer namespaces(JsonCursor cursor) {
    return SelectorReader.readable(cursor)
        .<PolicyPeer>map(selector -> new PolicyPeer.Pods(Optional.empty(), Optional.of(selector)))
        .orElse(new PolicyPeer.Unmatched("namespaces"));
  }

  /** An absent selector is the empty one, where the schema lets it be absent at all. */
  private static PolicyPeer pods(JsonCursor cursor) {
    Selector[] selectors = {Selector.EVERYTHING, Selector.EVERYTHING};
    boolean[] sound = {true};
    cursor.fields(field -> {
      int which = field.equals("namespaceSelector") ? 0 : field.equals("podSelector") ? 1 : -1;
      if (which >= 0) {
        Optional<Selector> selector = SelectorReader.readable(cursor);
        sound[0] &= selector.isPresent();
        selectors[which] = selector.orElse(Selector.EVERYTHING);
      }
    });
    return sound[0]
        ? new PolicyPeer.Pods(Optional.of(selectors[1]), Optional.of(selectors[0]))
        : new PolicyPeer.Unmatched("pods");
  }

  private static PolicyPeer networks(JsonCursor cursor) {
    List<Cidr> cidrs =
        cursor.texts().stream().flatMap(text -> Cidr.tryParse(text).stream()).toList();
    return cidrs.isEmpty() ? new PolicyPeer.Unmatched("networks") : new PolicyPeer.Networks(cidrs);
  }

  @Override
  public KubeObject build(Meta meta) {
    return new ClusterPolicy(kind, meta, tier, priority, subject, ingress, egress);
  }
}
