package io.portcullis.realapi;

import java.util.UUID;

/**
 * A review as the API server writes it, and what it must never be answered.
 *
 * @param uid its own
 * @param right whether it must never be refused
 * @param wrong whether it must always be refused
 */
record Asked(String uid, String body, boolean right, boolean wrong) {
  /** An Ingress with TLS: nothing is wrong with it. */
  static Asked right(String namespace) {
    return ingress(namespace, "right", "\"tls\":[{\"hosts\":[\"a.example.com\"]}],", true);
  }

  /** An Ingress without TLS: wrong whatever else there is. */
  static Asked wrong(String namespace) {
    return ingress(namespace, "wrong", "", false);
  }

  private static Asked ingress(String namespace, String name, String tls, boolean right) {
    String object =
        """
        {"kind":"Ingress","apiVersion":"networking.k8s.io/v1",
         "metadata":{"name":"%s","namespace":"%s"},
         "spec":{"ingressClassName":"nginx",%s"rules":[{"host":"a.example.com"}]}}
        """
            .formatted(name, namespace, tls);
    return review("networking.k8s.io", "Ingress", "ingresses", namespace, name, object, right)
        .but(!right);
  }

  /** A Service for an application; refused only where the API server says that this is a slip. */
  static Asked service(String namespace, String app, boolean right) {
    String object =
        """
        {"kind":"Service","apiVersion":"v1","metadata":{"name":"%s","namespace":"%s"},
         "spec":{"type":"ClusterIP","selector":{"app":"%s"},
           "ports":[{"port":80,"targetPort":8080,"protocol":"TCP"}]}}
        """
            .formatted(app, namespace, app);
    return review("", "Service", "services", namespace, app, object, right);
  }

  private static Asked review(
      String group,
      String kind,
      String resource,
      String namespace,
      String name,
      String object,
      boolean right) {
    String uid = UUID.randomUUID().toString();
    String body =
        """
        {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"%s",
         "kind":{"group":"%s","version":"v1","kind":"%s"},
         "resource":{"group":"%s","version":"v1","resource":"%s"},
         "name":"%s","namespace":"%s","operation":"CREATE",
         "userInfo":{"username":"dev","groups":["system:authenticated"]},
         "object":%s,"oldObject":null,"dryRun":false}}
        """
            .formatted(uid, group, kind, group, resource, name, namespace, object.strip());
    return new Asked(uid, body, right, false);
  }

  private Asked but(boolean isWrong) {
    return new Asked(uid, body, right, isWrong);
  }
}
