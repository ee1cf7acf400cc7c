package io.portcullis.reach;

import io.portcullis.cluster.Cluster;
import io.portcullis.net.PortSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a map is drawn of: a picture, its workloads, and where entries to the cluster lead. */
public final class Scene {
  private final Cluster cluster;
  private final List<Party> parties;
  private final Map<String, List<Lead>> leads;
  private final boolean entered;

  /**
   * @param parties the workloads, by id
   * @param leads where entries lead whose controllers are not among the workloads
   */
  public Scene(Cluster cluster, List<Party> parties, List<Lead> leads) {
    this.cluster = cluster;
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
}
