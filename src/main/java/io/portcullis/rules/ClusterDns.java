package io.portcullis.rules;

import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Contents;
import io.portcullis.cluster.PodGroup;
import io.portcullis.cluster.Stock;
import io.portcullis.finding.Evidence;
import io.portcullis.kube.Kind;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.kube.PodSpec;
import io.portcullis.kube.PortRef;
import io.portcullis.kube.Service;
import io.portcullis.kube.ServicePort;
import io.portcullis.net.Address;
import io.portcullis.net.AddressRange;
import io.portcullis.net.Cidr;
import io.portcullis.net.Labels;
import io.portcullis.net.PortSet;
import io.portcullis.net.Protocol;
import io.portcullis.net.Selector;
import io.portcullis.reach.Clause;
import io.portcullis.reach.Endpoint;
import io.portcullis.reach.Isolation;
import io.portcullis.reach.Outside;
import io.portcullis.reach.PeerMatcher;
import io.portcullis.reach.Reach;
import io.portcullis.reach.Verdict;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The cluster's own DNS: the Service, its pods and the ports that they listen on, and the
 * node-local cache. What answers elsewhere on port 53 is not asked for here.
 *
 * @param servers the pods, each with the ports of the Service's port 53
 */
record ClusterDns(Service service, List<Server> servers, Question question) {
  /** DNS pods that are alike. */
  record Server(Endpoint endpoint, PortSet ports) {}

  private static final int PORT = 53;

  /** Where DNS listens, in some distributions behind the Service's port. */
  private static final PortSet ASKED =
      Stream.of(Protocol.UDP, Protocol.TCP)
          .flatMap(protocol -> Stream.of(PortSet.of(protocol, PORT), PortSet.of(protocol, 5353)))
          .reduce(PortSet.NONE, PortSet::union);

  private static final Selector OPENSHIFT =
      Selector.of(Labels.of(Namespace.NAME_LABEL, "openshift-dns"));

  private static final Selector CACHE = Selector.of(Labels.of("k8s-app", "node-local-dns"));
  private static final AddressRange LINK_LOCAL = Cidr.parse("169.254.0.0/16").range();

  ClusterDns {
    servers = List.copyOf(servers);
  }

  /** The DNS of the cluster; empty where it is not to be seen, or in the network of its nodes. */
  static Optional<ClusterDns> find(Question question) {
    Contents there = question.after().in(question.settings().dns().namespace());
    return there
        .service(question.settings().dns().service())
        .filter(service -> service.selector().isPresent())
        .map(service -> new ClusterDns(service, servers(service, there, question), question))
        .filter(dns -> !dns.servers.isEmpty());
  }

  private static List<Server> servers(Service service, Contents there, Question question) {
    Selector selector = Selector.of(service.selector().orElse(Labels.EMPTY));
    Set<Endpoint> endpoints = new LinkedHashSet<>();
    for (PodGroup group : there.podsMatching(selector)) {
      endpoints.add(Endpoint.of(group));
    }
    if (endpoints.isEmpty()) {
      Carriers.in(service.namespace(), question)
          .workloads(selector)
          .map(workload -> {
            PodSpec spec = workload.template().spec();
            return Endpoint.of(service.namespace(), workload.template().labels(), spec);
          })
          .forEach(endpoints::add);
    }
    return endpoints.stream()
        .filter(endpoint -> !endpoint.hostNetwork())
        .map(endpoint -> new Server(endpoint, ports(service, endpoint)))
        .filter(server -> !server.ports().isEmpty())
        .toList();
  }

  private static PortSet ports(Service service, Endpoint endpoint) {
    PortSet ports = PortSet.NONE;
    for (ServicePort port : service.ports()) {
      if (port.port() == PORT) {
        ports =
            ports.union(
                switch (port.targetPort()) {
                  case PortRef.ByNumber number -> PortSet.of(port.protocol(), number.port());
                  case PortRef.ByName name -> endpoint.named(name.name(), port.protocol());
                });
      }
    }
    return ports;
  }

  /** {@code Service kube-system/kube-dns}. */
  String name() {
    return "Service " + service.namespace() + "/" + service.name();
  }

  /** The ports that its pods listen on. */
  PortSet ports() {
    return servers.stream().map(Server::ports).reduce(PortSet.NONE, PortSet::union);
  }

  /** The protocols that it speaks. */
  Set<Protocol> protocols() {
    return protocols(ports());
  }

  /** The protocols by which some pod of it, or the node-local cache, is open to a pod. */
  Set<Protocol> open(Endpoint client, Reach reach) {
    PortSet open = PortSet.NONE;
    for (Server server : servers) {
      PortSet ports = reach.open(client, server.endpoint()).union(byBlock(client, server, reach));
      open = open.union(ports.intersection(server.ports()));
    }
    Set<Protocol> found = protocols(open);
    found.addAll(throughCache(client, reach));
    found.retainAll(protocols());
    return found;
  }

  private static Set<Protocol> protocols(PortSet ports) {
    Set<Protocol> found = EnumSet.noneOf(Protocol.class);
    for (Protocol protocol : Protocol.values()) {
      if (!ports.ranges(protocol).isEmpty()) {
        found.add(protocol);
      }
    }
    return found;
  }

  /**
   * What blocks open to addresses that DNS may have: where its pods stand in them is not known, and
   * whether the Service's own address counts is for the network plugin to say.
   */
  private PortSet byBlock(Endpoint client, Server server, Reach reach) {
    PortSet open = PortSet.NONE;
    if (reach.stance(client, Direction.EGRESS).isolation() instanceof Isolation.Isolated isolated) {
      for (Clause clause : isolated.allows()) {
        if (clause.matcher() instanceof PeerMatcher.Addresses block && places().mayHold(block)) {
          open = open.union(clause.portsOn(Optional.of(server.endpoint())));
        }
      }
    }
    return open;
  }

  private PodPlaces places() {
    PodPlaces pods = PodPlaces.in(question);
    return Address.tryParse(service.clusterIp())
        .map(address -> pods.with(new AddressRange(address, address)))
        .orElse(pods);
  }

  /** The cache counts where it is to be seen, and where a policy opens it by its address. */
  private Set<Protocol> throughCache(Endpoint client, Reach reach) {
    Address address = question.settings().dns().nodeLocal();
    Verdict egress =
        reach.between(client, new Outside(new AddressRange(address, address))).egress();
    PortSet open = PortSet.NONE;
    if (hasCache(reach.cluster())) {
      open = egress.open();
    } else {
      for (Verdict.Reason reason : egress.reasons()) {
        if (reason.clause().matcher() instanceof PeerMatcher.Addresses block
            && block.ranges().stream().anyMatch(range -> isMeant(range, address))) {
          open = open.union(reason.ports());
        }
      }
    }
    return protocols(
        open.intersection(PortSet.of(Protocol.UDP, PORT).union(PortSet.of(Protocol.TCP, PORT))));
  }

  private static boolean isMeant(AddressRange range, Address address) {
    return range.contains(address)
        && (LINK_LOCAL.contains(range) || range.first().equals(range.last()));
  }

  private boolean hasCache(Cluster picture) {
    Contents there = picture.in(service.namespace());
    return there.anyPodMatches(CACHE) || there.anyTemplateMatches(CACHE);
  }

  /** Whether nobody has shown it, so that names may be resolved by another. */
  boolean isGuessed() {
    return Stock.isGuessed(service);
  }

  /**
   * Whether a pod may ask a DNS of another make than the usual: that of OpenShift, or a resolver of
   * its node. Somebody outside, or another pod, is not the cluster's DNS.
   */
  boolean mayAskAnother(Endpoint client, Reach reach) {
    return reach.stance(client, Direction.EGRESS).isolation() instanceof Isolation.Isolated isolated
        && isolated.allows().stream().anyMatch(ClusterDns::mayMeanAnother);
  }

  private static boolean mayMeanAnother(Clause clause) {
    return !clause.portsOn(Optional.empty()).intersection(ASKED).isEmpty()
        && switch (clause.matcher()) {
          case PeerMatcher.PodsOf of -> OPENSHIFT.equals(of.namespaceSelector());
          case PeerMatcher.Addresses block ->
              block.ranges().stream().allMatch(LINK_LOCAL::contains);
          case PeerMatcher.Everybody _, PeerMatcher.Nobody _, PeerMatcher.PodsHere _ -> false;
        };
  }

  /** That it is there, with these pods and ports. */
  Evidence presence() {
    return new Evidence.Present(
        Kind.SERVICE,
        service.namespace(),
        service.name(),
        live -> live.facts().equals(service.facts()));
  }
}
