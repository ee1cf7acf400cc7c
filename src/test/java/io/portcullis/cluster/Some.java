package io.portcullis.cluster;

import io.portcullis.kube.ConfigMap;
import io.portcullis.kube.ContainerPort;
import io.portcullis.kube.Ingress;
import io.portcullis.kube.IngressBackend;
import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.kube.Node;
import io.portcullis.kube.Owner;
import io.portcullis.kube.Pod;
import io.portcullis.kube.PodDisruptionBudget;
import io.portcullis.kube.PodSpec;
import io.portcullis.kube.PodTemplate;
import io.portcullis.kube.PolicyPeer;
import io.portcullis.kube.PortRef;
import io.portcullis.kube.Service;
import io.portcullis.kube.ServiceCidr;
import io.portcullis.kube.ServicePort;
import io.portcullis.kube.Workload;
import io.portcullis.net.Address;
import io.portcullis.net.AddressRange;
import io.portcullis.net.Cidr;
import io.portcullis.net.Labels;
import io.portcullis.net.Protocol;
import io.portcullis.net.Requirement;
import io.portcullis.net.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Objects of a small world at random: few namespaces, names, keys and values, so that they meet
 * often.
 */
public final class Some {
  public static final List<String> NAMESPACES = List.of("shop", "bank", "lab");

  /** Hosts of Ingresses. */
  static final List<String> HOSTS = List.of("", "shop.example.com", "bank.example.com");

  /** Paths of Ingresses, some of which claim the same. */
  static final List<String> PATHS = List.of("", "/", "/api", "/api/");

  static final List<String> NAMES = List.of("a", "b", "c", "d", "e");
  private static final List<String> KEYS = List.of("app", "tier", "track");
  private static final List<String> VALUES = List.of("x", "y", "z", "");

  private final Random random;

  public Some(Random random) {
    this.random = random;
  }

  /** An object of any of the kinds that this knows. */
  public KubeObject object() {
    return switch (random.nextInt(14)) {
      case 0 -> namespace();
      case 1 -> service();
      case 2 -> policy();
      case 3 -> workload();
      case 4 -> budget();
      case 5 -> new ConfigMap(meta(), Map.of("text", value()));
      case 6 -> ingress();
      case 7 -> node();
      case 8 -> new ServiceCidr(Meta.of("", pick(NAMES), labels()), List.of(cidr()));
      default -> pod();
    };
  }

  /** An Ingress with a backend for all else at times, and up to three paths. */
  public Ingress ingress() {
    Optional<IngressBackend> otherwise =
        random.nextInt(4) == 0 ? Optional.of(backend()) : Optional.empty();
    List<Ingress.Rule> rules = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      Ingress.Path path = new Ingress.Path(pick(PATHS), "Prefix", backend());
      rules.add(new Ingress.Rule(pick(HOSTS), List.of(path)));
    }
    return new Ingress(meta(), Optional.empty(), otherwise, List.of(), rules);
  }

  private IngressBackend backend() {
    return random.nextInt(5) == 0
        ? new IngressBackend.ToResource("Bucket", pick(NAMES))
        : new IngressBackend.ToService(pick(NAMES), Optional.of(new PortRef.ByNumber(80)));
  }

  public Pod pod() {
    PodSpec spec =
        new PodSpec(
            random.nextInt(5) == 0,
            random.nextInt(5) != 0,
            ports(),
            List.of(),
            random.nextBoolean(),
            "",
            List.of());
    return new Pod(meta(), spec, List.of(), random.nextInt(8) == 0);
  }

  public Service service() {
    Optional<Labels> selector = random.nextInt(6) == 0 ? Optional.empty() : Optional.of(labels());
    return new Service(
        meta(),
        Service.Type.CLUSTER_IP,
        selector,
        "",
        random.nextBoolean() ? List.of(servicePort()) : List.of(),
        new Service.Addresses(
            List.of(),
            List.of(),
            "",
            List.of(),
            random.nextBoolean(),
            pick(List.of(Service.ExternalTraffic.values()))));
  }

  private ServicePort servicePort() {
    int port = pick(List.of(80, 81));
    return new ServicePort("", Protocol.TCP, port, new PortRef.ByNumber(pick(List.of(80, 82))), 0);
  }

  public Workload workload() {
    Kind kind = pick(List.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.JOB));
    Optional<Selector> selector =
        random.nextInt(4) == 0 ? Optional.empty() : Optional.of(selector());
    return new Workload(
        kind, meta(), selector, new PodTemplate(labels(), PodSpec.EMPTY), random.nextInt(3));
  }

  private Namespace namespace() {
    return new Namespace(Meta.of("", pick(NAMESPACES), labels()));
  }

  private NetworkPolicy policy() {
    return new NetworkPolicy(
        meta(), selector(), Set.of(Direction.INGRESS), policyRules(), policyRules());
  }

  private List<NetworkPolicy.Rule> policyRules() {
    List<PolicyPeer> peers = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      peers.add(
          random.nextInt(4) == 0
              ? new PolicyPeer.Block(cidr(), List.of())
              : new PolicyPeer.Pods(
                  Optional.of(selector()),
                  random.nextBoolean() ? Optional.empty() : Optional.of(selector())));
    }
    return peers.isEmpty() ? List.of() : List.of(new NetworkPolicy.Rule(peers, List.of()));
  }

  private Node node() {
    return new Node(Meta.of("", pick(NAMES), labels()), List.of(cidr()), List.of(range().first()));
  }

  /** A block of a small space, of either family. */
  public Cidr cidr() {
    boolean v4 = random.nextInt(3) > 0;
    Address address = Address.parse((v4 ? "10.0.0." : "fd00::") + random.nextInt(64));
    return new Cidr(address, address.family().width() - random.nextInt(5));
  }

  /** A range of the same space. */
  public AddressRange range() {
    Address first = cidr().address();
    return new AddressRange(first, first.plus(random.nextInt(20)).orElseThrow());
  }

  private PodDisruptionBudget budget() {
    return new PodDisruptionBudget(
        meta(), random.nextInt(4) == 0 ? Optional.empty() : Optional.of(selector()));
  }

  private Meta meta() {
    List<Owner> owners =
        random.nextInt(3) == 0
            ? List.of(new Owner("ReplicaSet", pick(NAMES), "uid-" + pick(NAMES), true))
            : List.of();
    return new Meta(pick(NAMESPACES), pick(NAMES), "", "", "", labels(), Map.of(), owners, false);
  }

  private List<ContainerPort> ports() {
    return random.nextBoolean()
        ? List.of()
        : List.of(new ContainerPort("http", 8080 + random.nextInt(2), Protocol.TCP, 0));
  }

  /** Up to three labels. */
  public Labels labels() {
    Map<String, String> map = new TreeMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(pick(KEYS), value());
    }
    return Labels.of(map);
  }

  /** Up to three requirements of every sort. */
  public Selector selector() {
    List<Requirement> all = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      all.add(requirement());
    }
    return new Selector(all);
  }

  private Requirement requirement() {
    String key = pick(KEYS);
    List<String> values = List.of(value());
    return switch (random.nextInt(6)) {
      case 0 -> new Requirement.Exists(key);
      case 1 -> new Requirement.DoesNotExist(key);
      case 2 -> new Requirement.NotIn(key, values);
      case 3 -> new Requirement.In(key, List.of(values.getFirst(), value()));
      default -> new Requirement.In(key, values);
    };
  }

  private String value() {
    return pick(VALUES);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
