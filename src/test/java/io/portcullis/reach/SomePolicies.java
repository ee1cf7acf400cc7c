package io.portcullis.reach;

import io.portcullis.kube.ClusterPolicy;
import io.portcullis.kube.ClusterPolicy.Action;
import io.portcullis.kube.ClusterPolicy.Tier;
import io.portcullis.kube.ContainerPort;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.kube.Owner;
import io.portcullis.kube.Pod;
import io.portcullis.kube.PodSpec;
import io.portcullis.kube.PolicyPeer;
import io.portcullis.kube.PolicyPort;
import io.portcullis.kube.PortRef;
import io.portcullis.net.Cidr;
import io.portcullis.net.Labels;
import io.portcullis.net.Protocol;
import io.portcullis.net.Requirement;
import io.portcullis.net.Selector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Pods, namespaces and policies of a small cluster at random, so that they meet often. */
public final class SomePolicies {
  private static final List<String> NAMESPACES = List.of("shop", "bank", "lab");
  private static final List<String> BLOCKS =
      List.of(
          "0.0.0.0/0",
          "10.0.0.0/8",
          "10.0.0.0/16",
          "10.0.0.0/24",
          "10.0.0.4/32",
          "10.1.0.0/16",
          "192.168.0.0/16",
          "::/0",
          "fd00::/8",
          "fd00::/64");
  private static final List<String> ADDRESSES =
      List.of("10.0.0.4", "10.0.0.5", "10.0.1.1", "10.1.0.1", "172.16.0.1", "fd00::1");
  private static final List<String> PORT_NAMES = List.of("http", "dns", "sql");
  private static final int[] PORTS = {1, 53, 80, 81, 8080, 65_535};

  private final Random random;

  private SomePolicies(Random random) {
    this.random = random;
  }

  /** The objects of a cluster, each name once. */
  public static List<KubeObject> of(Random random) {
    return new SomePolicies(random).objects();
  }

  private List<KubeObject> objects() {
    Map<String, KubeObject> all = new LinkedHashMap<>();
    for (int i = 3 + random.nextInt(12); i > 0; i--) {
      KubeObject object = object();
      all.put(object.kind() + " " + object.namespace() + "/" + object.name(), object);
    }
    return new ArrayList<>(all.values());
  }

  private KubeObject object() {
    return switch (random.nextInt(10)) {
      case 0 -> new Namespace(Meta.of("", pick(NAMESPACES), labels()));
      case 1, 2, 3 -> policy();
      case 4 -> clusterPolicy();
      default -> pod();
    };
  }

  private Pod pod() {
    List<ContainerPort> ports = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      ports.add(new ContainerPort(pick(PORT_NAMES), port(), protocol(), 0));
    }
    Set<String> addresses = new TreeSet<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      addresses.add(pick(ADDRESSES));
    }
    PodSpec spec =
        new PodSpec(random.nextInt(8) == 0, true, ports, List.of(), false, "", List.of());
    return new Pod(meta("pod"), spec, List.copyOf(addresses), random.nextInt(12) == 0);
  }

  private Meta meta(String prefix) {
    List<Owner> owners =
        prefix.equals("pod") && random.nextInt(3) == 0
            ? List.of(new Owner("StatefulSet", "set-" + random.nextInt(2), "u", true))
            : List.of();
    return new Meta(
        pick(NAMESPACES),
        prefix + "-" + random.nextInt(6),
        "",
        "",
        "",
        labels(),
        Map.of(),
        owners,
        false);
  }

  private NetworkPolicy policy() {
    Set<Direction> types = new TreeSet<>();
    for (Direction direction : Direction.values()) {
      if (random.nextInt(3) > 0) {
        types.add(direction);
      }
    }
    return new NetworkPolicy(meta("policy"), selector(), types, rules(), rules());
  }

  private List<NetworkPolicy.Rule> rules() {
    List<NetworkPolicy.Rule> rules = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      List<PolicyPeer> peers = new ArrayList<>();
      for (int j = random.nextInt(3); j > 0; j--) {
        peers.add(peer());
      }
      rules.add(new NetworkPolicy.Rule(peers, ports(false)));
    }
    return rules;
  }

  private PolicyPeer peer() {
    Optional<Selector> pods = random.nextBoolean() ? Optional.of(selector()) : Optional.empty();
    return switch (random.nextInt(4)) {
      case 0 -> new PolicyPeer.Pods(Optional.of(selector()), Optional.empty());
      case 1 -> block();
      default -> new PolicyPeer.Pods(pods, Optional.of(selector()));
    };
  }

  private PolicyPeer block() {
    Cidr cidr = Cidr.parse(pick(BLOCKS));
    List<Cidr> except =
        BLOCKS.stream()
            .filter(_ -> random.nextInt(3) == 0)
            .map(Cidr::parse)
            .filter(part -> cidr.range().contains(part.range()) && !part.equals(cidr))
            .toList();
    return new PolicyPeer.Block(cidr, except);
  }

  private ClusterPolicy clusterPolicy() {
    Kind kind =
        pick(
            List.of(
                Kind.ADMIN_NETWORK_POLICY,
                Kind.ADMIN_NETWORK_POLICY,
                Kind.CLUSTER_NETWORK_POLICY,
                Kind.BASELINE_ADMIN_NETWORK_POLICY));
    Tier tier =
        switch (kind) {
          case ADMIN_NETWORK_POLICY -> Tier.ADMIN;
          case BASELINE_ADMIN_NETWORK_POLICY -> Tier.BASELINE;
          default -> pick(List.of(Tier.values()));
        };
    return new ClusterPolicy(
        kind,
        Meta.of("", "policy-" + random.nextInt(3), Labels.EMPTY),
        tier,
        random.nextInt(3),
        subject(),
        clusterRules(kind, false),
        clusterRules(kind, true));
  }

  private PolicyPeer subject() {
    return new PolicyPeer.Pods(
        random.nextBoolean() ? Optional.empty() : Optional.of(selector()), Optional.of(selector()));
  }

  private List<ClusterPolicy.Rule> clusterRules(Kind kind, boolean egress) {
    List<ClusterPolicy.Rule> rules = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      List<PolicyPeer> peers = new ArrayList<>();
      for (int j = random.nextInt(3); j >= 0; j--) {
        peers.add(
            egress && random.nextInt(3) == 0
                ? new PolicyPeer.Networks(List.of(Cidr.parse(pick(BLOCKS))))
                : random.nextInt(8) == 0 ? new PolicyPeer.Unmatched("nodes") : subject());
      }
      boolean mayPass = kind != Kind.BASELINE_ADMIN_NETWORK_POLICY;
      Action action =
          mayPass ? pick(List.of(Action.values())) : pick(List.of(Action.ACCEPT, Action.DENY));
      rules.add(
          new ClusterPolicy.Rule(
              action, peers, random.nextBoolean() ? Optional.empty() : Optional.of(ports(true))));
    }
    return rules;
  }

  private List<PolicyPort> ports(boolean clusterWide) {
    List<PolicyPort> ports = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      switch (random.nextInt(clusterWide ? 3 : 4)) {
        case 0 ->
            ports.add(
                new PolicyPort(
                    protocol(),
                    Optional.of(new PortRef.ByName(pick(PORT_NAMES))),
                    Optional.empty()));
        case 1 -> {
          int first = port();
          ports.add(
              new PolicyPort(
                  protocol(),
                  Optional.of(new PortRef.ByNumber(first)),
                  Optional.of(Math.min(first + random.nextInt(100), 65_535))));
        }
        case 2 ->
            ports.add(
                new PolicyPort(
                    protocol(), Optional.of(new PortRef.ByNumber(port())), Optional.empty()));
        default -> ports.add(new PolicyPort(protocol(), Optional.empty(), Optional.empty()));
      }
    }
    return ports;
  }

  private Protocol protocol() {
    return random.nextInt(3) == 0 ? pick(List.of(Protocol.values())) : Protocol.TCP;
  }

  private int port() {
    return PORTS[random.nextInt(PORTS.length)];
  }

  private Labels labels() {
    Labels labels = Labels.EMPTY;
    for (String key : List.of("app", "team")) {
      if (random.nextInt(3) > 0) {
        labels = labels.with(key, pick(List.of("x", "y")));
      }
    }
    return labels;
  }

  private Selector selector() {
    List<Requirement> all = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      String key = pick(List.of("app", "team"));
      List<String> values = List.of(pick(List.of("x", "y")));
      all.add(
          switch (random.nextInt(6)) {
            case 0 -> new Requirement.Exists(key);
            case 1 -> new Requirement.DoesNotExist(key);
            case 2 -> new Requirement.NotIn(key, values);
            case 3 -> new Requirement.In(Namespace.NAME_LABEL, List.of(pick(NAMESPACES)));
            default -> new Requirement.In(key, values);
          });
    }
    return new Selector(all);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
