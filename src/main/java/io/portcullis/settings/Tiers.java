package io.portcullis.settings;

import io.portcullis.net.Labels;
import io.portcullis.net.PortRange;
import io.portcullis.net.PortSet;
import io.portcullis.net.Protocol;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The tiers of the network and who may talk to whom.
 *
 * @param label the label's key on pods and namespaces
 * @param assign which namespaces are in which tier; the first match wins
 * @param flows what is allowed between tiers
 * @param exposed the tiers that may be reached from outside the cluster
 * @param unlabelled what becomes of a pod that neither its namespace's label nor an entry puts into
 *     a tier
 */
public record Tiers(
    String label,
    List<Assignment> assign,
    List<Flow> flows,
    List<String> exposed,
    Unlabelled unlabelled) {
  /** The label where none is set. */
  public static final String DEFAULT_LABEL = "portcullis.io/tier";

  /** The end of flows that is outside the cluster. */
  public static final String WORLD = "world";

  /** No tier is declared. */
  public static final Tiers NONE =
      new Tiers(DEFAULT_LABEL, List.of(), List.of(), List.of(), Unlabelled.ALLOW);

  /** Ends of flows that are no tiers of pods. */
  static final List<String> NOT_TIERS = List.of(WORLD, "apiserver", "monitoring", "ingress");

  /** Namespaces that are in a tier. */
  public record Assignment(String tier, NamespaceMatch namespaces) {}

  /**
   * An allowed way between two tiers.
   *
   * @param ports the pods' ports, after DNAT; empty: all
   */
  public record Flow(String from, String to, List<FlowPort> ports) {
    public Flow {
      ports = List.copyOf(ports);
    }

    /** The ports as a set. */
    public PortSet portSet() {
      return ports.isEmpty()
          ? PortSet.ALL
          : ports.stream()
              .map(each -> PortSet.of(each.protocol(), each.ports()))
              .reduce(PortSet.NONE, PortSet::union);
    }
  }

  /** Ports of a flow: {@code TCP/8080} or {@code TCP/9000-9010}. */
  public record FlowPort(Protocol protocol, PortRange ports) {
    @Override
    public String toString() {
      return protocol + "/" + ports;
    }
  }

  /** What becomes of a pod without a tier. */
  public enum Unlabelled {
    /** It is in no tier, and nothing is said. */
    ALLOW,
    /** Each pod should be in a tier: a warning. */
    ASSIGN,
    /** It is refused. */
    DENY
  }

  public Tiers {
    assign = List.copyOf(assign);
    flows = List.copyOf(flows);
    exposed = List.copyOf(exposed);
  }

  /** Whether any tier is declared; rules about tiers say nothing where none is. */
  public boolean declared() {
    return !assign.isEmpty()
        || exposed.stream().anyMatch(Tiers::isTier)
        || flows.stream().anyMatch(flow -> isTier(flow.from()) || isTier(flow.to()));
  }

  private static boolean isTier(String end) {
    return !NOT_TIERS.contains(end);
  }

  /** Whether it is the name of a declared tier. */
  public boolean isDeclared(String name) {
    return isTier(name)
        && (exposed.contains(name)
            || assign.stream().anyMatch(assignment -> assignment.tier().equals(name))
            || flows.stream().anyMatch(flow -> flow.from().equals(name) || flow.to().equals(name)));
  }

  /** The names of all declared tiers, ascending. */
  public NavigableSet<String> names() {
    NavigableSet<String> names = new TreeSet<>(exposed);
    assign.forEach(assignment -> names.add(assignment.tier()));
    flows.forEach(flow -> {
      names.add(flow.from());
      names.add(flow.to());
    });
    NOT_TIERS.forEach(names::remove);
    return names;
  }

  /** The pods' ports on which flows allow one end to reach another; none where none does. */
  public PortSet ports(String from, String to) {
    return flows.stream()
        .filter(flow -> flow.from().equals(from) && flow.to().equals(to))
        .map(Flow::portSet)
        .reduce(PortSet.NONE, PortSet::union);
  }

  /** Whether an end of flows is somebody else than a tier's pods or the world. */
  public static boolean isOtherEnd(String end) {
    return !end.equals(WORLD) && NOT_TIERS.contains(end);
  }

  /** The tier that a namespace is in: its own label's if that is a declared tier, else assigned. */
  public Optional<String> ofNamespace(String name, Labels labels) {
    return labels
        .get(label)
        .filter(this::isDeclared)
        .or(() ->
            assign.stream()
                .filter(assignment -> assignment.namespaces().matches(name, labels))
                .map(Assignment::tier)
                .findFirst());
  }
}
