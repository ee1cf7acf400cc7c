package io.portcullis.realapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.portcullis.leader.LeaderLease;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Of those that want a Lease one has it. */
@ExtendWith(RealApi.class)
class LeaderIT {
  private static final Duration LIFE = Duration.ofSeconds(15);

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void oneLeadsUntilItGivesUp(Plane plane) {
    try (KubernetesClient client = plane.client()) {
      LeaderLease first = lease(client, "given-up", "first");
      LeaderLease second = lease(client, "given-up", "second");
      assertThat(first.renew()).isTrue();
      assertThat(second.renew()).isFalse();
      assertThat(second.leads()).isFalse();
      first.release();
      assertThat(first.leads()).isFalse();
      assertThat(second.renew()).isTrue();
      assertThat(first.renew()).isFalse();
    }
  }

  @Test
  void oneThatKeepsRenewingIsNeverFollowed(Plane plane) {
    try (KubernetesClient client = plane.client()) {
      LeaderLease first = lease(client, "kept", "first");
      LeaderLease second = lease(client, "kept", "second");
      for (int turn = 0; turn < 5; turn++) {
        assertThat(first.renew()).isTrue();
        assertThat(second.renew()).isFalse();
        pass(LIFE.dividedBy(2));
      }
    }
  }

  @Test
  void oneThatDiedIsFollowedAfterTheLifeOfTheLease(Plane plane) {
    try (KubernetesClient client = plane.client()) {
      LeaderLease first = lease(client, "died", "first");
      LeaderLease second = lease(client, "died", "second");
      assertThat(first.renew()).isTrue();
      assertThat(second.renew()).isFalse();
      pass(LIFE.minusMillis(1));
      assertThat(second.renew()).isFalse();
      pass(Duration.ofMillis(1));
      assertThat(first.leads()).isFalse();
      assertThat(second.renew()).isTrue();
      assertThat(first.renew()).isFalse();
    }
  }

  private LeaderLease lease(KubernetesClient client, String name, String identity) {
    return new LeaderLease(client, "default", name, identity, LIFE, nanos::get);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
