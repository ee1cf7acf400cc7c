package io.portcullis.kube;

/**
 * A namespace. Its metadata's namespace is empty, and its labels always have {@code
 * kubernetes.io/metadata.name}.
 */
public record Namespace(Meta meta) implements KubeObject {
  /** The label that the API server keeps equal to the name; it can't be forged. */
  public static final String NAME_LABEL = "kubernetes.io/metadata.name";

  public Namespace {
    meta = meta.withLabels(meta.labels().with(NAME_LABEL, meta.name()));
  }

  @Override
  public Kind kind() {
    return Kind.NAMESPACE;
  }

  @Override
  public Namespace facts() {
    return new Namespace(meta.facts(meta.labels()));
  }
}
