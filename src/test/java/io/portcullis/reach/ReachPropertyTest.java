package io.portcullis.reach;

import io.portcullis.cluster.Cluster;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Pod;
import io.portcullis.net.Address;
import io.portcullis.net.AddressRange;
import io.portcullis.net.PortSet;
import io.portcullis.net.Protocol;
import io.portcullis.proof.Property;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked pair by pair, against the oracle. */
class ReachPropertyTest {
  private static final int CLUSTERS = Integer.getInteger("portcullis.clusters", 300);
  private static final int[] PROBES = {1, 2, 52, 53, 54, 80, 81, 82, 130, 8080, 8081, 65_535};

  /** An end, as both see it. */
  private record Ends(Peer peer, Oracle.End end) {}

  @Test
  void eachPortOfEachPairIsAsTheOracleSays() {
    Property.forAll(CLUSTERS, SomePolicies::of, ReachPropertyTest::check);
  }

  private static void check(List<KubeObject> objects) {
    Reach reach = Reach.of(Cluster.of(objects));
    Oracle oracle = new Oracle(objects);
    List<Ends> all = ends(objects);
    for (Ends from : all) {
      for (Ends to : all) {
        PortSet open = reach.between(from.peer(), to.peer()).open();
        for (Protocol protocol : Protocol.values()) {
          for (int port : PROBES) {
            if (open.contains(protocol, port)
                != oracle.allows(from.end(), to.end(), protocol, port)) {
              throw new AssertionError(
                  "%s to %s on %s/%d, where %s is open"
                      .formatted(from.peer(), to.peer(), protocol, port, open));
            }
          }
        }
      }
    }
  }

  private static List<Ends> ends(List<KubeObject> objects) {
    List<Ends> all = new ArrayList<>();
    for (KubeObject object : objects) {
      if (object instanceof Pod pod) {
        all.add(new Ends(Endpoint.of(pod), Oracle.End.of(pod)));
      }
    }
    for (String text : List.of("10.0.0.4", "10.0.9.9", "8.8.8.8", "fd00::9")) {
      Address address = Address.parse(text);
      all.add(new Ends(new Outside(new AddressRange(address, address)), Oracle.End.of(address)));
    }
    return all;
  }
}
