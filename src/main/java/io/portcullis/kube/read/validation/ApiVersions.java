package io.portcullis.kube.read.validation;

import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.read.Node;
import io.portcullis.kube.read.ReadProblem;
import java.util.Optional;
import java.util.Set;

/** Which kind a document is of, and whether the API server serves it in the version written. */
final class ApiVersions {
  /** Groups that Kubernetes itself serves, or served: what is not in them is not there. */
  private static final Set<String> BUILT_IN =
      Set.of("", "apps", "batch", "extensions", "networking.k8s.io", "policy");

  /** The kinds of those groups, of today or once, that do not concern the network. */
  private static final Set<String> NOT_OURS =
      Set.of(
          "Binding",
          "ComponentStatus",
          "ControllerRevision",
          "Endpoints",
          "Event",
          "Eviction",
          "IPAddress",
          "LimitRange",
          "PersistentVolume",
          "PersistentVolumeClaim",
          "PodSecurityPolicy",
          "PodTemplate",
          "ResourceQuota",
          "Secret",
          "ServiceAccount");

  /** Served beside the version that we read, and read alike. */
  private static final Set<String> ALSO_SERVED =
      Set.of(
          "networking.k8s.io/v1beta1 ServiceCIDR",
          "cilium.io/v2 CiliumLoadBalancerIPPool",
          "gateway.networking.k8s.io/v1beta1 HTTPRoute",
          "gateway.networking.k8s.io/v1alpha2 GRPCRoute",
          "gateway.networking.k8s.io/v1alpha3 TLSRoute",
          "gateway.networking.k8s.io/v1 TLSRoute",
          "gateway.networking.k8s.io/v1 ReferenceGrant",
          "gateway.networking.k8s.io/v1alpha2 ReferenceGrant");

  /** What a document is. */
  sealed interface Answer {
    record Ours(Kind kind) implements Answer {}

    /** Of a kind that does not concern the network, as far as it is known here. */
    record Foreign() implements Answer {}

    record Wrong(ReadProblem problem) implements Answer {}
  }

  private ApiVersions() {}

  static Answer kindOf(Node document) {
    if (!(document instanceof Node.Mapping)) {
      return wrong(
          FieldPath.ROOT, "the document is no object: want a map with apiVersion and kind");
    }
    String kind = StrictReader.text(document, "kind");
    String apiVersion = StrictReader.text(document, "apiVersion");
    if (kind.isEmpty()) {
      return wrong(
          FieldPath.of("kind"),
          "the document has no kind: it is no manifest (of a chart or a kustomization, give what"
              + " \"helm template\" or \"kubectl kustomize\" prints)");
    }
    if (apiVersion.isEmpty()) {
      return wrong(FieldPath.of("apiVersion"), "the document has no apiVersion" + wanted(kind));
    }
    return served(apiVersion, kind);
  }

  private static Answer served(String apiVersion, String kind) {
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    Optional<Kind> ours = Kind.of(group, kind);
    boolean right =
        ours.filter(found -> found.apiVersion().equals(apiVersion)).isPresent()
            || ALSO_SERVED.contains(apiVersion + " " + kind);
    if (ours.isPresent() && right) {
      return new Answer.Ours(ours.get());
    }
    if (!BUILT_IN.contains(group) || NOT_OURS.contains(kind) || kind.endsWith("List")) {
      return new Answer.Foreign();
    }
    return wrong(
        FieldPath.of(Kind.named(kind).isPresent() ? "apiVersion" : "kind"),
        "no matches for kind \"%s\" in version \"%s\"%s".formatted(kind, apiVersion, wanted(kind)));
  }

  /** What to write instead; empty where nothing is known. */
  private static String wanted(String kind) {
    for (Kind ours : Kind.values()) {
      if (ours.text().equals(kind)) {
        return ": want " + ours.apiVersion();
      }
      if (ours.text().equalsIgnoreCase(kind)) {
        return ": did you mean " + ours.text() + "?";
      }
    }
    return "";
  }

  private static Answer wrong(FieldPath path, String message) {
    return new Answer.Wrong(new ReadProblem(path, message));
  }
}
