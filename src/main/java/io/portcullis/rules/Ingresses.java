package io.portcullis.rules;

import io.portcullis.cluster.Cluster;
import io.portcullis.finding.Evidence;
import io.portcullis.kube.FieldPath;
import io.portcullis.kube.Ingress;
import io.portcullis.kube.IngressBackend;
import io.portcullis.kube.IngressClass;
import io.portcullis.kube.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What several rules ask of an Ingress. */
final class Ingresses {
  /** Traefik's entry points that lead to the Ingress; all default ones where absent. */
  static final String TRAEFIK_ENTRY_POINTS = "traefik.ingress.kubernetes.io/router.entrypoints";

  /** NGINX Inc.'s way to write one host in several Ingresses: a {@code master} and minions. */
  static final String MERGEABLE = "nginx.org/mergeable-ingress-type";

  /** Ingresses of one group share a load balancer; one without a group has its own. */
  private static final String ALB_GROUP = "alb.ingress.kubernetes.io/group.name";

  private static final String ALB_CONTROLLER = "ingress.k8s.aws/alb";
  private static final Set<String> GCE_CLASSES = Set.of("gce", "gce-internal");

  private Ingresses() {}

  /** The entries of an annotation that has commas between them. */
  static Set<String> list(String value) {
    return Arrays.stream(value.split(",", -1))
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** A backend and where it stands; the way there is written only where something is wrong. */
  record At(Supplier<FieldPath> where, IngressBackend backend) {
    FieldPath path() {
      return where.get();
    }
  }

  /** Whether cert-manager made it for the minute that a challenge takes. */
  static boolean isAcmeSolver(Ingress ingress) {
    return ingress.meta().labels().has(Ingress.ACME_SOLVER, "true");
  }

  /** The class that serves it: its own, else the cluster's default. */
  static Optional<String> classOf(Ingress ingress, Cluster cluster) {
    return ingress.effectiveClass().or(() -> defaultClass(cluster));
  }

  private static Optional<String> defaultClass(Cluster cluster) {
    return cluster.all(Kind.INGRESS_CLASS).stream()
        .map(IngressClass.class::cast)
        .filter(IngressClass::isDefault)
        .map(IngressClass::name)
        .findFirst();
  }

  /**
   * What Ingresses that come in by the same door have in common: the class, and the load balancer
   * where one class has several. Empty for one that has a door of its own.
   */
  static Optional<String> door(Ingress ingress, Cluster cluster) {
    String name = classOf(ingress, cluster).orElse("");
    if (GCE_CLASSES.contains(name)) {
      return Optional.empty();
    }
    if (!isAlb(name, cluster)) {
      return Optional.of(name);
    }
    return ingress.meta().annotation(ALB_GROUP).map(group -> name + " " + group);
  }

  private static boolean isAlb(String name, Cluster cluster) {
    return cluster
        .find(Kind.INGRESS_CLASS, "", name)
        .map(IngressClass.class::cast)
        .map(found -> found.controller().equals(ALB_CONTROLLER))
        .orElse(name.equals("alb"));
  }

  /** That the default class is still the default, where that is what serves the Ingress. */
  static List<Evidence> classEvidence(Ingress ingress, Cluster cluster) {
    return ingress.effectiveClass().isPresent()
        ? List.of()
        : defaultClass(cluster).stream()
            .<Evidence>map(name ->
                new Evidence.Present(
                    Kind.INGRESS_CLASS,
                    "",
                    name,
                    object -> object instanceof IngressClass live && live.isDefault()))
            .toList();
  }

  /** Where a path of a rule stands. */
  static FieldPath pathOf(int rule, int path) {
    return FieldPath.of("spec", "rules").index(rule).field("http").field("paths").index(path);
  }

  /** All backends, the default one first. */
  static List<At> backends(Ingress ingress) {
    List<At> all = new ArrayList<>();
    ingress
        .defaultBackend()
        .ifPresent(
            backend -> all.add(new At(() -> FieldPath.of("spec", "defaultBackend"), backend)));
    for (int i = 0; i < ingress.rules().size(); i++) {
      List<Ingress.Path> paths = ingress.rules().get(i).paths();
      for (int j = 0; j < paths.size(); j++) {
        int rule = i;
        int path = j;
        all.add(new At(() -> pathOf(rule, path).field("backend"), paths.get(j).backend()));
      }
    }
    return all;
  }
}
