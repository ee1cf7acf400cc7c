package io.portcullis.kube;

import io.portcullis.net.Labels;
import java.util.List;
import java.util.Optional;

/** A ReferenceGrant of the Gateway API: who in other namespaces may name objects of this one. */
public record ReferenceGrant(Meta meta, List<From> from, List<To> to) implements KubeObject {
  /** Who may: objects of a kind in a namespace. */
  public record From(String group, String kind, String namespace) {}

  /**
   * What they may name.
   *
   * @param group empty for core
   * @param name empty: each of the kind
   */
  public record To(String group, String kind, Optional<String> name) {}

  public ReferenceGrant {
    from = List.copyOf(from);
    to = List.copyOf(to);
  }

  /** Whether objects of a kind in a namespace may name a Service here. */
  public boolean letsReachService(Kind kind, String namespace, String service) {
    return from.contains(new From(kind.group(), kind.text(), namespace))
        && to.stream()
            .filter(each -> each.group().isEmpty() && each.kind().equals(Kind.SERVICE.text()))
            .anyMatch(each -> each.name().isEmpty() || each.name().get().equals(service));
  }

  @Override
  public Kind kind() {
    return Kind.REFERENCE_GRANT;
  }

  @Override
  public ReferenceGrant facts() {
    return new ReferenceGrant(meta.facts(Labels.EMPTY), from, to);
  }
}
