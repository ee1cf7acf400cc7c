package io.portcullis.kube;

import java.util.List;

/** The annotations that some rule reads; all others are forgotten while reading. */
public final class Annotations {
  /** The mark of a static pod's mirror. By itself it proves nothing: anybody may set it. */
  public static final String MIRROR = "kubernetes.io/config.mirror";

  /** The way to name an Ingress class before there was a field. */
  public static final String INGRESS_CLASS = "kubernetes.io/ingress.class";

  private static final List<String> PREFIXES =
      List.of(
          "portcullis.io/",
          "kubernetes.io/",
          "ingressclass.kubernetes.io/",
          "nginx.ingress.kubernetes.io/",
          "nginx.org/",
          "traefik.ingress.kubernetes.io/",
          "ingress.kubernetes.io/",
          "appgw.ingress.kubernetes.io/",
          "route.openshift.io/",
          "oci-native-ingress.oraclecloud.com/",
          "konghq.com/",
          "alb.ingress.kubernetes.io/",
          "haproxy.org/",
          "haproxy-ingress.github.io/",
          "ingress.gcp.kubernetes.io/",
          "networking.gke.io/",
          "cloud.google.com/load-balancer-type",
          "service.beta.kubernetes.io/",
          "service.kubernetes.io/",
          "metallb.io/",
          "metallb.universe.tf/",
          "lbipam.cilium.io/",
          "io.cilium/lb-",
          "kube-vip.io/",
          "cert-manager.io/",
          "acme.cert-manager.io/",
          "certmanager.k8s.io/",
          "argo-rollouts.argoproj.io/",
          "istio.io/",
          "sidecar.istio.io/",
          "inject.istio.io/",
          "sidecar.jaegertracing.io/",
          "linkerd.io/",
          "kuma.io/",
          "consul.hashicorp.com/",
          "dapr.io/",
          "vault.hashicorp.com/",
          "sidecar.opentelemetry.io/",
          "openservicemesh.io/",
          "appmesh.k8s.aws/");

  private Annotations() {}

  /** Whether some rule may read the annotation. */
  public static boolean isKept(String key) {
    for (String prefix : PREFIXES) {
      if (key.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
