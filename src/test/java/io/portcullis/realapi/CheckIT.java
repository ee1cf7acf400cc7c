package io.portcullis.realapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code check} sees manifests in a live cluster, as far as whoever asks may read it. */
@ExtendWith(RealApi.class)
class CheckIT {
  @Test
  void aSlipAgainstWhatRunsIsFound(Plane plane) {
    plane.namespace("check-slip");
    plane.apply(Manifests.deployment("check-slip", "checkout"));

    Shell.Result slip =
        check(plane, Account.ADMINISTRATOR, Manifests.service("check-slip", "a", "chekout"));
    assertThat(slip.output())
        .contains("deny [service-selector] Service check-slip/a, spec.selector.app: ")
        .contains("did you mean app=checkout (Deployment checkout");
    assertThat(slip.exit()).isEqualTo(1);

    Shell.Result right =
        check(plane, Account.ADMINISTRATOR, Manifests.service("check-slip", "a", "checkout"));
    assertThat(right).isEqualTo(new Shell.Result(0, "1 object: 0 deny, 0 warn, 0 audit\n"));
    assertThat(plane.must("-n", "check-slip", "get", "services", "-o", "name")).isEmpty();
  }

  @Test
  void whoMayReadOneNamespaceIsToldWhatIsNotSeen(Plane plane) {
    plane.namespace("check-dev");
    plane.apply(Manifests.deployment("check-dev", "checkout"));
    Account.reader(plane, "check-dev", "pods,services,deployments.apps");

    Shell.Result slip = check(plane, "check-dev", Manifests.service("check-dev", "a", "chekout"));
    assertThat(slip.output())
        .contains("warn [service-selector] Service check-dev/a, spec.selector.app: ")
        .contains(
            "seen in namespace check-dev only, since you may not list them elsewhere: deployments,"
                + " pods, services")
        .containsPattern("not seen, since you may not list them: .*statefulsets");
    assertThat(slip.exit()).isZero();
  }

  private static Shell.Result check(Plane plane, String context, String manifest) {
    return plane.portcullis(manifest, "check", "--context", context, "-");
  }
}
