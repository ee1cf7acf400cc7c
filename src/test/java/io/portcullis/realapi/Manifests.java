package io.portcullis.realapi;

/** Manifests as a developer would write them. */
final class Manifests {
  private Manifests() {}

  static String deployment(String namespace, String app) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: %2$s, namespace: %1$s}
    spec:
      replicas: 2
      selector: {matchLabels: {app: %2$s}}
      template:
        metadata: {labels: {app: %2$s}}
        spec:
          containers:
            - name: %2$s
              image: registry.k8s.io/pause:3.10
              ports: [{name: http, containerPort: 8080}]
    """
        .formatted(namespace, app);
  }

  static String service(String namespace, String name, String app) {
    return """
    apiVersion: v1
    kind: Service
    metadata: {name: %2$s, namespace: %1$s}
    spec:
      selector: {app: %3$s}
      ports: [{port: 80, targetPort: http}]
    """
        .formatted(namespace, name, app);
  }

  static String ingress(String namespace, String name, String host, String tls) {
    return """
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: %2$s, namespace: %1$s}
    spec:
      ingressClassName: nginx
      %4$s
      rules:
        - host: %3$s
          http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: %2$s, port: {number: 80}}}}]}
    """
        .formatted(namespace, name, host, tls);
  }

  /** The {@code tls} of an Ingress that covers a host. */
  static String tls(String host) {
    return "tls: [{hosts: [%s], secretName: shop}]".formatted(host);
  }

  static String pod(String namespace, String name, String labels) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: %2$s, namespace: %1$s, labels: {%3$s}}
    spec:
      containers:
        - {name: main, image: 'registry.k8s.io/pause:3.10', ports: [{containerPort: 8080}]}
    """
        .formatted(namespace, name, labels);
  }

  static String settings(String yaml) {
    return """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: portcullis, namespace: portcullis-system}
    data:
      portcullis.yaml: |
    %s
    """
        .formatted(yaml.stripTrailing().indent(4).stripTrailing());
  }
}
