package io.portcullis.cli;

import io.portcullis.kube.PortRef;
import io.portcullis.kube.Service;
import io.portcullis.kube.ServicePort;
import io.portcullis.net.PortRange;
import io.portcullis.net.PortSet;
import io.portcullis.net.Protocol;
import io.portcullis.reach.Endpoint;
import io.portcullis.reach.Entries;
import io.portcullis.reach.Lead;
import io.portcullis.reach.Peer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port that is asked about: {@code 5432} (TCP), {@code UDP/53}, {@code TCP/8000-8010}, or a
 * port's name.
 *
 * @param protocol empty: TCP for a number, any for a name
 * @param range empty where it is a name
 */
record AskedPorts(Optional<Protocol> protocol, Optional<PortRange> range, String name) {
  private static final Pattern FORM =
      Pattern.compile("(?:(TCP|UDP|SCTP)/)?(?:([0-9]{1,5})(?:-([0-9]{1,5}))?|([a-z0-9-]{1,63}))");

  /** Reads what is asked; empty where the text is no port. */
  static Optional<AskedPorts> tryParse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Optional<Protocol> protocol = Optional.ofNullable(matcher.group(1)).map(Protocol::valueOf);
    Optional<String> first = Optional.ofNullable(matcher.group(2));
    if (first.isEmpty()) {
      return Optional.of(
          new AskedPorts(protocol, Optional.empty(), String.valueOf(matcher.group(4))));
    }
    int low = Integer.parseInt(first.get());
    int high = Optional.ofNullable(matcher.group(3)).map(Integer::parseInt).orElse(low);
    return low < 1 || high > PortRange.ALL.last() || high < low
        ? Optional.empty()
        : Optional.of(new AskedPorts(protocol, Optional.of(new PortRange(low, high)), ""));
  }

  /** The ports that it means on a pod; for a name those that the pod gives it. */
  PortSet on(Peer peer) {
    if (range.isPresent()) {
      return PortSet.of(protocol.orElse(Protocol.TCP), range.get());
    }
    PortSet found = PortSet.NONE;
    for (Protocol each : protocol.map(List::of).orElse(List.of(Protocol.values()))) {
      found = found.union(peer instanceof Endpoint pod ? pod.named(name, each) : PortSet.NONE);
    }
    return found;
  }

  /** The ports of a pod that are reached through a Service; a headless one leads to them all. */
  static PortSet allOn(Endpoint pod, Service service) {
    return service.headless()
        ? PortSet.ALL
        : Entries.of(service).stream()
            .map(lead -> lead.on(pod))
            .reduce(PortSet.NONE, PortSet::union);
  }

  /**
   * The ports of a pod that it means as a port of a Service. Through a headless one a number is the
   * pod's own: nothing translates it.
   */
  PortSet on(Endpoint pod, Service service) {
    if (service.headless() && range.isPresent()) {
      return on(pod);
    }
    List<Lead> leads = Entries.of(service);
    PortSet found = PortSet.NONE;
    for (int i = 0; i < leads.size(); i++) {
      if (isMeant(service.ports().get(i))) {
        found = found.union(leads.get(i).on(pod));
      }
    }
    return found;
  }

  private boolean isMeant(ServicePort port) {
    boolean spoken = protocol.isEmpty() || protocol.get() == port.protocol();
    return spoken
        && (range.isPresent()
            ? range.get().contains(port.port())
                && (protocol.isPresent() || port.protocol() == Protocol.TCP)
            : port.name().equals(name) || port.targetPort().equals(new PortRef.ByName(name)));
  }
}
