package io.portcullis.rules;

import io.portcullis.kube.Kind;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.Meta;
import io.portcullis.kube.Namespace;
import io.portcullis.kube.Owner;
import io.portcullis.kube.PodTemplate;
import io.portcullis.kube.Workload;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Ports that pods may get beside those of the templates that can be seen: from a container that an
 * injector adds, or from an operator that makes more.
 */
final class LaterPorts {
  /**
   * Labels and annotations of templates and namespaces that ask an injector for a container. One
   * that is there asks, unless its value says no.
   */
  private static final List<String> INJECTORS =
      List.of(
          "istio-injection",
          "istio.io/rev",
          "sidecar.istio.io/inject",
          "inject.istio.io/templates",
          "linkerd.io/inject",
          "kuma.io/sidecar-injection",
          "consul.hashicorp.com/connect-inject",
          "dapr.io/enabled",
          "vault.hashicorp.com/agent-inject",
          "sidecar.opentelemetry.io/inject",
          "sidecar.jaegertracing.io/inject",
          "openservicemesh.io/sidecar-injection",
          "appmesh.k8s.aws/sidecarInjectorWebhook");

  private static final List<String> NO = List.of("false", "disabled");

  private LaterPorts() {}

  /** Whether the Service, or what it selects, may be given ports that are not seen yet. */
  static boolean mayComeTo(KubeObject service, Selected selected, Question question) {
    return isOperated(service)
        || selected.workloads().stream()
            .anyMatch(workload -> isOperated(workload) || isInjected(workload, question));
  }

  /** Whether an operator makes the object: it is managed by something that is no workload. */
  private static boolean isOperated(KubeObject object) {
    Optional<Owner> controller = object.meta().controller();
    return controller.isPresent()
        && Kind.named(controller.get().kind()).filter(Kind::isWorkload).isEmpty();
  }

  static boolean isInjected(Workload workload, Question question) {
    Optional<Meta> namespace =
        question.after().namespace(workload.namespace()).map(Namespace::meta);
    return INJECTORS.stream().anyMatch(key -> asks(key, workload.template(), namespace));
  }

  /** What the template says goes before what its namespace says. */
  private static boolean asks(String key, PodTemplate template, Optional<Meta> namespace) {
    return Stream.of(
            template.labels().get(key),
            Optional.ofNullable(template.annotations().get(key)),
            namespace.flatMap(meta -> meta.labels().get(key)),
            namespace.flatMap(meta -> meta.annotation(key)))
        .flatMap(Optional::stream)
        .findFirst()
        .filter(value -> !NO.contains(value))
        .isPresent();
  }
}
