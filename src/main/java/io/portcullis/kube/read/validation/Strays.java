package io.portcullis.kube.read.validation;

import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Kind;
import io.portcullis.kube.read.Node;
import io.portcullis.kube.read.ReadProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fields that a kind does not have: {@code policytypes}, {@code port} where {@code ports} is meant.
 * The API server drops them, which may open what the field was to close; kubectl has it refuse them
 * instead, so that they are told and are no error. Only of the kinds that are about the network
 * alone. Sources: networking.k8s.io/v1 NetworkPolicySpec and IngressSpec, core/v1 ServiceSpec.
 */
final class Strays {
  /** So many names are all shown to somebody who looks for the right one. */
  private static final int FEW = 6;

  /** The fields of an object, or of each object in a list; of one without any, nothing is known. */
  private record Shape(Map<String, Shape> fields) {
    private static final Shape UNKNOWN = new Shape(Map.of());

    static Shape of(String... names) {
      Map<String, Shape> fields = new HashMap<>();
      for (String name : names) {
        fields.put(name, UNKNOWN);
      }
      return new Shape(fields);
    }

    Shape with(String name, Shape shape) {
      Map<String, Shape> more = new HashMap<>(fields);
      more.put(name, shape);
      return new Shape(more);
    }
  }

  private static final Shape SELECTOR =
      Shape.of("matchLabels").with("matchExpressions", Shape.of("key", "operator", "values"));
  private static final Shape PEER =
      Shape.of()
          .with("podSelector", SELECTOR)
          .with("namespaceSelector", SELECTOR)
          .with("ipBlock", Shape.of("cidr", "except"));
  private static final Shape RULE =
      Shape.of().with("ports", Shape.of("protocol", "port", "endPort"));
  private static final Shape POLICY =
      Shape.of("policyTypes")
          .with("podSelector", SELECTOR)
          .with("ingress", RULE.with("from", PEER))
          .with("egress", RULE.with("to", PEER));

  private static final Shape BACKEND =
      Shape.of()
          .with("service", Shape.of("name").with("port", Shape.of("name", "number")))
          .with("resource", Shape.of("apiGroup", "kind", "name"));
  private static final Shape PATH = Shape.of("path", "pathType").with("backend", BACKEND);
  private static final Shape INGRESS =
      Shape.of("ingressClassName")
          .with("defaultBackend", BACKEND)
          .with("tls", Shape.of("hosts", "secretName"))
          .with("rules", Shape.of("host").with("http", Shape.of().with("paths", PATH)));

  private static final Shape SERVICE =
      Shape.of(
              "allocateLoadBalancerNodePorts",
              "clusterIP",
              "clusterIPs",
              "externalIPs",
              "externalName",
              "externalTrafficPolicy",
              "healthCheckNodePort",
              "internalTrafficPolicy",
              "ipFamilies",
              "ipFamilyPolicy",
              "loadBalancerClass",
              "loadBalancerIP",
              "loadBalancerSourceRanges",
              "publishNotReadyAddresses",
              "selector",
              "sessionAffinity",
              "sessionAffinityConfig",
              "trafficDistribution",
              "type")
          .with(
              "ports",
              Shape.of("appProtocol", "name", "nodePort", "port", "protocol", "targetPort"));

  private static final Map<Kind, Shape> SPECS =
      Map.of(Kind.NETWORK_POLICY, POLICY, Kind.INGRESS, INGRESS, Kind.SERVICE, SERVICE);

  private final List<ReadProblem> found = new ArrayList<>();

  private Strays() {}

  /** The fields that the kind does not have, in their order. */
  static List<ReadProblem> in(Node object, Kind kind) {
    Strays strays = new Strays();
    Shape spec = SPECS.get(kind);
    if (spec != null) {
      Shape whole = Shape.of("apiVersion", "kind", "metadata", "status").with("spec", spec);
      strays.walk(object, whole, FieldPath.ROOT);
    }
    return strays.found;
  }

  private void walk(Node node, Shape shape, FieldPath path) {
    if (shape.fields().isEmpty()) {
      return;
    }
    switch (node) {
      case Node.Mapping map -> {
        for (Node.Entry entry : map.entries()) {
          FieldPath field = path.field(entry.key());
          Shape below = shape.fields().get(entry.key());
          if (below == null && !isNull(entry.value())) {
            found.add(new ReadProblem(field, message(entry.key(), shape)));
          } else if (below != null) {
            walk(entry.value(), below, field);
          }
        }
      }
      case Node.Sequence list -> {
        for (int i = 0; i < list.items().size(); i++) {
          walk(list.items().get(i), shape, path.index(i));
        }
      }
      case Node.Scalar _ -> {}
    }
  }

  /** Nobody takes offence at those. */
  private static boolean isNull(Node node) {
    return node instanceof Node.Scalar scalar && scalar.type() == Node.Scalar.Type.NULL;
  }

  private static String message(String name, Shape shape) {
    List<String> possible =
        shape.fields().keySet().stream()
            .filter(field -> shape.fields().size() <= FEW || beginsAlike(field, name))
            .sorted()
            .toList();
    return "no such field%s; kubectl refuses it, the API server by itself drops it"
        .formatted(possible.isEmpty() ? "" : ", want " + String.join(" or ", possible));
  }

  private static boolean beginsAlike(String field, String name) {
    return field.regionMatches(true, 0, name, 0, 1);
  }
}
