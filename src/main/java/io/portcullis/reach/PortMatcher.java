package io.portcullis.reach;

import io.portcullis.kube.PolicyPort;
import io.portcullis.kube.PortRef;
import io.portcullis.net.PortRange;
import io.portcullis.net.PortSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which ports a rule means.
 *
 * @param numbered the ports that are the same wherever the connection goes
 * @param named those that the destination pod's containers give a number to
 */
record PortMatcher(PortSet numbered, List<PolicyPort> named) {
  /** A rule without ports. */
  static final PortMatcher EVERY = new PortMatcher(PortSet.ALL, List.of());

  private static final int HIGHEST = 65_535;

  PortMatcher {
    named = List.copyOf(named);
  }

  /** Any of these entries. */
  static PortMatcher of(List<PolicyPort> entries) {
    PortSet numbered = PortSet.NONE;
    List<PolicyPort> named = new ArrayList<>();
    for (PolicyPort entry : entries) {
      if (entry.port().orElse(null) instanceof PortRef.ByName) {
        named.add(entry);
      } else {
        numbered = numbered.union(numbers(entry));
      }
    }
    return new PortMatcher(numbered, named);
  }

  private static PortSet numbers(PolicyPort entry) {
    if (!(entry.port().orElse(null) instanceof PortRef.ByNumber number)) {
      return PortSet.all(entry.protocol());
    }
    int last = entry.endPort().orElse(number.port());
    // What the API server refuses may come from a file all the same: it opens nothing.
    return number.port() < 1 || last > HIGHEST || number.port() > last
        ? PortSet.NONE
        : PortSet.of(entry.protocol(), new PortRange(number.port(), last));
  }

  /**
   * The ports, where the connection goes there.
   *
   * @param destination empty where it is no pod: there nothing has a name
   */
  PortSet on(Optional<Endpoint> destination) {
    PortSet all = numbered;
    if (destination.isPresent()) {
      for (PolicyPort entry : named) {
        if (entry.port().orElse(null) instanceof PortRef.ByName name) {
          all = all.union(destination.get().named(name.name(), entry.protocol()));
        }
      }
    }
    return all;
  }
}
