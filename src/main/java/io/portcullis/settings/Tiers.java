package io.portcullis.settings;

import io.portcullis.net.Labels;
import io.portcullis.net.PortRange;
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

  /** No tier is declared. */
  public static final Tiers NONE =
      new Tiers(DEFAULT_LABEL, List.of(), List.of(), List.of(), Unlabelled.ALLOW);

  /** Ends of flows that are no tiers of pods. */
  static final List<String> NOT_TIERS = List.of("world", "apiserver", "monitoring", "ingress");

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
    return !names().isEmpty();
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

  /** The tier that a namespace is in: its own label's if that is a declared tier, else assigned. */
  public Optional<String> ofNamespace(String name, Labels labels) {
    return labels
        .get(label)
        .filter(names()::contains)
        .or(() ->
            assign.stream()
                .filter(assignment -> assignment.namespaces().matches(name, labels))
                .map(Assignment::tier)
                .findFirst());
  }
}
