package io.portcullis.kube;

import io.portcullis.net.Labels;

/**
 * An IngressClass.
 *
 * @param controller {@code spec.controller}: {@code k8s.io/ingress-nginx}
 */
public record IngressClass(Meta meta, String controller) implements KubeObject {
  /** The mark of the class that Ingresses without one get. */
  public static final String DEFAULT = "ingressclass.kubernetes.io/is-default-class";

  public boolean isDefault() {
    return meta.annotation(DEFAULT).filter("true"::equals).isPresent();
  }

  @Override
  public Kind kind() {
    return Kind.INGRESS_CLASS;
  }

  @Override
  public IngressClass facts() {
    return new IngressClass(meta.facts(Labels.EMPTY), controller);
  }
}
