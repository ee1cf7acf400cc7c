package io.portcullis.cli;

import io.portcullis.kube.ClusterPolicy.Action;
import io.portcullis.kube.Service;
import io.portcullis.kube.ServicePort;
import io.portcullis.net.PortSet;
import io.portcullis.reach.Clause;
import io.portcullis.reach.Connection;
import io.portcullis.reach.Endpoint;
import io.portcullis.reach.Entries;
import io.portcullis.reach.Explanation;
import io.portcullis.reach.Explanation.End;
import io.portcullis.reach.Lead;
import io.portcullis.reach.Peer;
import io.portcullis.reach.Reach;
import io.portcullis.reach.Scene;
import io.portcullis.reach.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody may have mixed up who wonders about a closed port: the port of a Service and that
 * of the pods behind it, which is the one that policies apply to.
 */
final class Hints {
  private final Scene scene;
  private final Reach reach;
  private final Explanation explanation;
  private final Set<String> hints = new LinkedHashSet<>();

  /**
   * A port of a Service that stands for another one of a pod.
   *
   * @param called the Service's port
   * @param meant the pod's
   */
  private record Front(Service service, PortSet called, PortSet meant) {
    String name() {
      return "Service %s/%s".formatted(service.namespace(), service.name());
    }
  }

  private Hints(Scene scene, Reach reach, Explanation explanation) {
    this.scene = scene;
    this.reach = reach;
    this.explanation = explanation;
  }

  /**
   * A sentence for each.
   *
   * @param asked the pods' ports that were asked for by number; empty for all, or a Service's
   */
  static List<String> of(
      Scene scene,
      Reach reach,
      Explanation explanation,
      End from,
      End to,
      Optional<PortSet> asked) {
    Hints hints = new Hints(scene, reach, explanation);
    Optional<PortSet> mistaken = asked.filter(ports -> hints.listensNowhere(ports, to));
    for (Peer peer : to.peers()) {
      if (peer instanceof Endpoint pod) {
        for (Front front : hints.fronts(pod)) {
          mistaken.ifPresent(ports -> hints.question(ports, front));
          from.peers().forEach(source -> hints.policies(source, pod, front));
        }
      }
    }
    return List.copyOf(hints.hints);
  }

  /** Whether each pod has a Service's port in the place of its own. */
  private boolean listensNowhere(PortSet asked, End to) {
    return to.peers().stream()
        .allMatch(peer ->
            peer instanceof Endpoint pod
                && fronts(pod).stream().anyMatch(front -> front.called().equals(asked)));
  }

  private List<Front> fronts(Endpoint pod) {
    List<Front> fronts = new ArrayList<>();
    for (Service service : scene.cluster().in(pod.namespace()).servicesSelecting(pod.labels())) {
      List<Lead> leads = Entries.of(service);
      for (int i = 0; i < leads.size() && !service.headless(); i++) {
        ServicePort port = service.ports().get(i);
        PortSet called = PortSet.of(port.protocol(), port.port());
        PortSet meant = leads.get(i).on(pod);
        if (!meant.isEmpty() && meant.intersection(called).isEmpty()) {
          fronts.add(new Front(service, called, meant));
        }
      }
    }
    return fronts;
  }

  private void question(PortSet asked, Front front) {
    if (asked.equals(front.called()) && !explanation.blocked().isEmpty()) {
      hints.add(
          "%s is the port of %s, whose pods listen on %s: policies apply to the pods' port; ask for"
                  .formatted(front.called(), front.name(), front.meant())
              + " that, or name the Service");
    }
  }

  /** The policies that open the one port and leave the other closed. */
  private void policies(Peer source, Endpoint pod, Front front) {
    Connection connection = reach.between(source, pod);
    for (Verdict verdict : List.of(connection.egress(), connection.ingress())) {
      if (verdict.open().intersection(front.meant()).isEmpty()) {
        for (Verdict.Reason reason : verdict.reasons(Action.ACCEPT)) {
          policy(reason.clause(), pod, front);
        }
      }
    }
  }

  private void policy(Clause clause, Endpoint pod, Front front) {
    if (!clause.portsOn(Optional.of(pod)).intersection(front.called()).isEmpty()) {
      hints.add(
          "%s, %s opens %s, the port of %s, whose pods listen on %s: policies apply to the pods'"
                  .formatted(
                      clause.policy(), clause.path(), front.called(), front.name(), front.meant())
              + " port, so open that");
    }
  }
}
