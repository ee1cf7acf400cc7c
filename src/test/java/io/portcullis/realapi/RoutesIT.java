package io.portcullis.realapi;

import static io.portcullis.realapi.Manifests.deployment;
import static io.portcullis.realapi.Manifests.ingress;
import static io.portcullis.realapi.Manifests.service;
import static io.portcullis.realapi.Manifests.tls;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The way from an Ingress over a Service to a pod's port. */
@ExtendWith(RealApi.class)
class RoutesIT {
  @Test
  void aServiceToAPortThatNoPodDeclaresIsRefused(Plane plane) {
    plane.namespace("ports");
    plane.apply(deployment("ports", "web"));
    plane.awaitInPicture("Deployment", "deployment", "web", "ports");

    Shell.Result denied =
        plane.kubectlWith(
            service("ports", "web", "web").replace("targetPort: http", "targetPort: htpp"),
            "apply",
            "-f",
            "-");

    assertThat(denied.exit()).isEqualTo(1);
    assertThat(denied.output())
        .contains(
            "[service-port] Service ports/web, spec.ports[0].targetPort: no selected pod declares"
                + " TCP port \"htpp\": did you mean \"http\" (Deployment web")
        .contains("Fix: set targetPort to \"http\".");
  }

  @Test
  void aServiceThatDoesWhatAnotherDoesIsLetInWithAWarning(Plane plane) {
    plane.namespace("twins");
    plane.apply(deployment("twins", "web"));
    plane.apply(service("twins", "web", "web"));
    plane.awaitInPicture("Deployment", "deployment", "web", "twins");
    plane.awaitInPicture("Service", "service", "web", "twins");

    assertThat(plane.apply(service("twins", "web-again", "web")))
        .startsWith("Warning: [service-overlap] Service twins/web-again, spec.selector:")
        .endsWith("service/web-again created\n");
  }

  @Test
  void anIngressToAPortThatTheServiceDoesNotHaveIsRefused(Plane plane) {
    plane.namespace("routed");
    plane.apply(service("routed", "web", "web"));
    plane.awaitInPicture("Service", "service", "web", "routed");
    String right = ingress("routed", "web", "routed.example.com", tls("routed.example.com"));

    Shell.Result denied =
        plane.kubectlWith(right.replace("number: 80", "number: 8080"), "apply", "-f", "-");

    assertThat(denied.exit()).isEqualTo(1);
    assertThat(denied.output())
        .contains("[ingress-backend] Ingress routed/web")
        .contains("Service web has no port 8080: did you mean 80?");
    assertThat(plane.apply(right)).isEqualTo("ingress.networking.k8s.io/web created\n");
    plane.awaitInPicture("Ingress", "ingress", "web", "routed");
    assertThat(plane.must("-n", "routed", "delete", "service", "web"))
        .contains("Warning: [ingress-backend] Service routed/web: Ingress web still leads to it.");
  }

  @Test
  void theHostOfAnotherNamespaceIsRefused(Plane plane) {
    plane.namespace("owner");
    plane.namespace("thief");
    String tls = tls("owned.example.com");
    plane.apply(ingress("owner", "web", "owned.example.com", tls));
    plane.awaitInPicture("Ingress", "ingress", "web", "owner");

    Shell.Result denied =
        plane.kubectlWith(ingress("thief", "web", "owned.example.com", tls), "apply", "-f", "-");

    assertThat(denied.exit()).isEqualTo(1);
    assertThat(denied.output())
        .contains("[ingress-conflict] Ingress thief/web, spec.rules[0].http.paths[0].path:")
        .contains("\"owned.example.com/\" is claimed by Ingress owner/web");
  }
}
