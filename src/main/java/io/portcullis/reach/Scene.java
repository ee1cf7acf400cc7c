package io.portcullis.reach;

import io.portcullis.cluster.Cluster;
import io.portcullis.kube.Kind;
import io.portcullis.kube.Node;
import io.portcullis.net.Address.Family;
import io.portcullis.net.AddressRange;
import io.portcullis.net.PortSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a map is drawn of: a picture, its workloads, and the ways into the cluster. */
public final class Scene {
  private final Cluster cluster;
  private final List<Party> parties;
  private final Map<String, List<Lead>> leads;
  private final boolean entered;
  private final Map<String, List<Opening>> openings;
  private final List<AddressRange> nodes;

  /**
   * @param parties the workloads, by id
   * @param leads where entries lead whose controllers are not among the workloads
   * @param nodes addresses of nodes beside those of the picture's Nodes
   */
  public Scene(
      Cluster cluster, List<Party> parties, List<Lead> leads, Collection<AddressRange> nodes) {
    this.cluster = cluster;
    this.openings = Opening.of(cluster).stream().collect(Collectors.groupingBy(Opening::namespace));
    this.nodes = Stream.concat(nodes.stream(), nodes(cluster)).toList();
    this.parties = List.copyOf(parties);
    this.leads = leads.stream().collect(Collectors.groupingBy(Lead::namespace));
    this.entered =
        this.parties.stream()
            .flatMap(party -> party.members().stream())
            .anyMatch(member -> !led(member.endpoint()).isEmpty());
  }

  public Cluster cluster() {
    return cluster;
  }

  /** The workloads, by id. */
  public List<Party> parties() {
    return parties;
  }

  /** Whether an entry leads to some workload. */
  boolean isEntered() {
    return entered;
  }

  /** The ports of a pod that entries lead to, whether policy lets them through or not. */
  public PortSet led(Endpoint pod) {
    PortSet led = PortSet.NONE;
    for (Lead lead : leads.getOrDefault(pod.namespace(), List.of())) {
      led = led.union(lead.on(pod));
    }
    return led;
  }

  private static Stream<AddressRange> nodes(Cluster cluster) {
    return cluster.all(Kind.NODE).stream()
        .map(Node.class::cast)
        .flatMap(node -> node.addresses().stream())
        .map(address -> new AddressRange(address, address));
  }

  /**
   * Where the address space is to be cut: at what policies name, and at the clients that Services
   * let in. Those open no second family of addresses.
   */
  List<AddressRange> cuts() {
    List<AddressRange> cuts = new ArrayList<>(new AllPolicies(Reach.of(cluster)).ranges());
    boolean six = cuts.stream().anyMatch(range -> range.first().family() == Family.IPV6);
    openings.values().stream()
        .flatMap(List::stream)
        .flatMap(opening -> opening.clients().stream())
        .filter(range -> six || range.first().family() == Family.IPV4)
        .forEach(cuts::add);
    return cuts;
  }

  /** By what clients outside reach pods of a namespace. */
  List<Opening> openings(String namespace) {
    return openings.getOrDefault(namespace, List.of());
  }

  /** The addresses of nodes, as far as they are known. */
  List<AddressRange> nodes() {
    return nodes;
  }

  /**
   * The ways in from addresses to pods.
   *
   * @param from the end that the addresses are
   */
  public List<WayIn> waysIn(Explanation.End from, Explanation.End to, Reach reach) {
    List<AddressRange> asked =
        from.peers().stream()
            .filter(Outside.class::isInstance)
            .map(peer -> ((Outside) peer).range())
            .toList();
    AddressSpace space =
        AddressSpace.cutAt(Stream.concat(cuts().stream(), asked.stream()).toList());
    List<AddressRange> cells = space.cells();
    WaysIn ways =
        new WaysIn(cells, nodes, (cell, pod) -> reach.open(new Outside(cells.get(cell)), pod));
    List<Endpoint> pods =
        to.peers().stream()
            .filter(Endpoint.class::isInstance)
            .map(Endpoint.class::cast)
            .distinct()
            .toList();
    pods.stream()
        .map(Endpoint::namespace)
        .distinct()
        .flatMap(namespace -> openings(namespace).stream())
        .forEach(opening -> ways.add(opening, to.id(), pods));
    return ways.list(
        from.id(), cell -> asked.stream().anyMatch(range -> range.contains(cells.get(cell))));
  }
}
