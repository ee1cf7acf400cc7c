package io.portcullis.kube.read.validation;

import io.portcullis.kube.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Names, namespaces, labels, annotations and owners. */
final class Metadata {
  private static final int ANNOTATIONS_MOST_BYTES = 256 * 1024;
  private static final int LABEL_MOST = 63;
  private static final int CRON_JOB_MOST = 52;

  private Metadata() {}

  static void check(Field metadata, Kind kind) {
    name(metadata, kind);
    if (kind.namespaced()) {
      Field namespace = metadata.at("namespace");
      if (!namespace.text().isEmpty()) {
        namespace.invalid(Formats.label(namespace.text()));
      }
    }
    labels(metadata.at("labels"));
    annotations(metadata.at("annotations"));
    owners(metadata.at("ownerReferences"));
  }

  /** Labels of an object, a template or a selector: a map of keys and values. */
  static void labels(Field labels) {
    for (Field label : labels.entries()) {
      for (String wrong : Formats.labelKey(label.key())) {
        label.invalid(Shown.quoted(label.key()), wrong);
      }
      label.invalid(Formats.labelValue(label.text()));
    }
  }

  static void annotations(Field annotations) {
    int bytes = 0;
    for (Field annotation : annotations.entries()) {
      for (String wrong : Formats.annotationKey(annotation.key())) {
        annotation.invalid(Shown.quoted(annotation.key()), wrong);
      }
      bytes += bytes(annotation.key()) + bytes(annotation.text());
    }
    if (bytes > ANNOTATIONS_MOST_BYTES) {
      annotations.refuse("Too long: may not be more than " + ANNOTATIONS_MOST_BYTES + " bytes");
    }
  }

  private static void name(Field metadata, Kind kind) {
    Field generateName = metadata.at("generateName");
    String prefix = generateName.text();
    if (!prefix.isEmpty()) {
      generateName.invalid(form(kind, maskTrailingDash(prefix)));
    }
    Field name = metadata.at("name");
    String text = name.text();
    if (!text.isEmpty()) {
      name.invalid(form(kind, text));
      if (kind == Kind.JOB && text.length() > LABEL_MOST) {
        // It becomes a label's value.
        name.invalid("must be no more than " + LABEL_MOST + " bytes");
      }
      if (kind == Kind.CRON_JOB && text.length() > CRON_JOB_MOST) {
        name.invalid("must be no more than " + CRON_JOB_MOST + " characters");
      }
    } else if (prefix.isEmpty()) {
      name.required("name or generateName is required");
    }
  }

  /** What is wrong with a name for objects of this kind. */
  private static List<String> form(Kind kind, String name) {
    return switch (kind) {
      case NAMESPACE, SERVICE, STATEFUL_SET -> Formats.label(name);
      case POD_DISRUPTION_BUDGET -> Formats.pathSegment(name);
      case NODE,
          SERVICE_CIDR,
          INGRESS_CLASS,
          CONFIG_MAP,
          POD,
          DEPLOYMENT,
          REPLICA_SET,
          DAEMON_SET,
          REPLICATION_CONTROLLER,
          JOB,
          CRON_JOB,
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
          Formats.subdomain(name);
    };
  }

  /** A prefix may end with a dash, since something follows it. */
  private static String maskTrailingDash(String prefix) {
    return prefix.length() > 1 && prefix.endsWith("-")
        ? prefix.substring(0, prefix.length() - 2) + "a"
        : prefix;
  }

  private static void owners(Field owners) {
    for (Field owner : owners.items()) {
      for (String field : List.of("apiVersion", "kind", "name", "uid")) {
        if (owner.at(field).text().isEmpty()) {
          owner
              .at(field)
              .invalid(
                  field.equals("apiVersion") ? "version must not be empty" : "must not be empty");
        }
      }
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
