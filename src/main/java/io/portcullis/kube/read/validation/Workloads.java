package io.portcullis.kube.read.validation;

import io.portcullis.kube.Kind;
import io.portcullis.net.Labels;
import io.portcullis.net.Selector;
import java.util.Optional;

/** What makes pods: selectors against templates, replicas, and the templates themselves. */
final class Workloads {
  private static final String NO_MATCH = "`selector` does not match template `labels`";

  private Workloads() {}

  static void check(Field object, Kind kind) {
    Field spec = object.at("spec");
    switch (kind) {
      case DEPLOYMENT, REPLICA_SET, STATEFUL_SET, DAEMON_SET -> apps(spec, kind);
      case REPLICATION_CONTROLLER -> replicationController(spec);
      case JOB -> job(spec);
      case CRON_JOB -> cronJob(spec);
      case NAMESPACE,
          NODE,
          SERVICE_CIDR,
          INGRESS_CLASS,
          CONFIG_MAP,
          POD,
          SERVICE,
          POD_DISRUPTION_BUDGET,
          NETWORK_POLICY,
          INGRESS,
          VALIDATING_WEBHOOK_CONFIGURATION,
          MUTATING_WEBHOOK_CONFIGURATION,
          ADMIN_NETWORK_POLICY,
          BASELINE_ADMIN_NETWORK_POLICY,
          CLUSTER_NETWORK_POLICY,
          HTTP_ROUTE,
          GRPC_ROUTE,
          TLS_ROUTE,
          TCP_ROUTE,
          UDP_ROUTE,
          REFERENCE_GRANT,
          OPENSHIFT_ROUTE,
          CALICO_POOL,
          PROJECT_CALICO_POOL,
          CILIUM_POOL,
          METALLB_POOL ->
          throw new IllegalArgumentException(kind.text() + " makes no pods from a template");
    }
  }

  private static void apps(Field spec, Kind kind) {
    if (kind != Kind.DAEMON_SET) {
      replicas(spec);
    }
    Field selector = spec.at("selector");
    Optional<Selector> right = Selectors.check(selector);
    if (!selector.isPresent()) {
      if (kind != Kind.DAEMON_SET) {
        selector.required("");
      }
      templateLabels(spec).invalid(NO_MATCH);
    } else if (right.filter(Selector::isEverything).isPresent()) {
      selector.invalid("{}", "empty selector is invalid for " + called(kind));
    } else if (right.isPresent()) {
      matches(right.get(), spec);
    }
    Pods.template(spec.at("template"));
  }

  /** ReplicaSets are called deployments in the API server's message too. */
  private static String called(Kind kind) {
    return switch (kind) {
      case STATEFUL_SET -> "statefulset";
      case DAEMON_SET -> "daemonset";
      case DEPLOYMENT,
          REPLICA_SET,
          REPLICATION_CONTROLLER,
          JOB,
          CRON_JOB,
          NAMESPACE,
          NODE,
          SERVICE_CIDR,
          INGRESS_CLASS,
          CONFIG_MAP,
          POD,
          SERVICE,
          POD_DISRUPTION_BUDGET,
          NETWORK_POLICY,
          INGRESS,
          VALIDATING_WEBHOOK_CONFIGURATION,
          MUTATING_WEBHOOK_CONFIGURATION,
          ADMIN_NETWORK_POLICY,
          BASELINE_ADMIN_NETWORK_POLICY,
          CLUSTER_NETWORK_POLICY,
          HTTP_ROUTE,
          GRPC_ROUTE,
          TLS_ROUTE,
          TCP_ROUTE,
          UDP_ROUTE,
          REFERENCE_GRANT,
          OPENSHIFT_ROUTE,
          CALICO_POOL,
          PROJECT_CALICO_POOL,
          CILIUM_POOL,
          METALLB_POOL ->
          "deployment";
    };
  }

  private static void replicas(Field spec) {
    Field replicas = spec.at("replicas");
    if (replicas.number() < 0) {
      replicas.invalid("must be greater than or equal to 0");
    }
  }

  private static void matches(Selector selector, Field spec) {
    Labels labels = Labels.of(Selectors.map(templateLabels(spec)));
    if (!selector.matches(labels)) {
      templateLabels(spec).invalid(NO_MATCH);
    }
  }

  private static Field templateLabels(Field spec) {
    return spec.at("template", "metadata", "labels");
  }

  /** A selector that is absent is made of the template's labels. */
  private static void replicationController(Field spec) {
    replicas(spec);
    Labels selector = Labels.of(Selectors.map(spec.at("selector")));
    Labels labels = Labels.of(Selectors.map(templateLabels(spec)));
    if (!spec.at("template").isPresent()) {
      spec.at("template").required("");
    }
    if (selector.isEmpty() && labels.isEmpty()) {
      spec.at("selector").required("");
    } else if (!labels.containsAll(selector)) {
      templateLabels(spec).invalid(NO_MATCH);
    }
    Pods.template(spec.at("template"));
  }

  /** The selector is the API server's to make, unless {@code manualSelector} says otherwise. */
  private static void job(Field spec) {
    Field selector = spec.at("selector");
    if (spec.at("manualSelector").isTrue()) {
      Optional<Selector> right = Selectors.check(selector);
      if (!selector.isPresent()) {
        selector.required("");
        templateLabels(spec).invalid(NO_MATCH);
      } else if (right.isPresent()) {
        matches(right.get(), spec);
      }
    }
    Pods.template(spec.at("template"));
  }

  private static void cronJob(Field spec) {
    Field job = spec.at("jobTemplate", "spec");
    if (job.at("selector").isPresent()) {
      job.at("selector").invalid("`selector` will be auto-generated");
    }
    Pods.template(job.at("template"));
  }
}
