package io.portcullis.rules;

import io.portcullis.cluster.Cluster;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.NetworkPolicy;
import io.portcullis.kube.NetworkPolicy.Direction;
import io.portcullis.kube.Pod;
import io.portcullis.net.PortSet;
import io.portcullis.proof.Property;
import io.portcullis.reach.Endpoint;
import io.portcullis.reach.Reach;
import io.portcullis.reach.SomePolicies;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Nothing changes between two pods that a change of a policy does not concern. */
class ConcernPropertyTest {
  private static final int CLUSTERS = 300;

  @Test
  void whomAChangeDoesNotConcernItDoesNotTouch() {
    Property.forAll(CLUSTERS, SomePolicies::of, ConcernPropertyTest::check);
  }

  private static void check(List<KubeObject> objects) {
    Cluster all = Cluster.of(objects);
    for (KubeObject policy : objects) {
      if (policy instanceof NetworkPolicy) {
        Cluster without =
            Cluster.of(objects.stream().filter(object -> !object.equals(policy)).toList());
        check(objects, all, without);
        check(objects, without, all);
      }
    }
  }

  private static void check(List<KubeObject> objects, Cluster was, Cluster is) {
    Reach before = Reach.of(was);
    Reach after = Reach.of(is);
    List<Endpoint> pods =
        objects.stream().filter(Pod.class::isInstance).map(pod -> Endpoint.of((Pod) pod)).toList();
    for (Endpoint from : pods) {
      Concern sender = concern(from, Direction.EGRESS, before, after);
      for (Endpoint to : pods) {
        Concern receiver = concern(to, Direction.INGRESS, before, after);
        PortSet had = before.between(from, to).open();
        PortSet has = after.between(from, to).open();
        if (!had.equals(has) && !sender.isWith(to, is) && !receiver.isWith(from, is)) {
          throw new AssertionError("%s to %s: %s, then %s".formatted(from, to, had, has));
        }
        if (!had.minus(has).isEmpty() && !sender.takes() && !receiver.takes()) {
          throw new AssertionError("%s to %s loses %s".formatted(from, to, had.minus(has)));
        }
      }
    }
  }

  private static Concern concern(Endpoint pod, Direction direction, Reach before, Reach after) {
    End end = new End(pod, Optional.empty(), PortSet.NONE, true);
    return Concern.of(Touched.Moved.still(end, EnumSet.of(direction)), before, after);
  }
}
