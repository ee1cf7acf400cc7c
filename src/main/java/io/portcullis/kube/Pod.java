package io.portcullis.kube;

import java.util.List;

/**
 * A pod.
 *
 * @param addresses its addresses as text; empty while it has none, as in files
 * @param finished whether its phase is Succeeded or Failed
 */
public record Pod(Meta meta, PodSpec spec, List<String> addresses, boolean finished)
    implements KubeObject {
  public Pod {
    addresses = List.copyOf(addresses);
  }

  @Override
  public Kind kind() {
    return Kind.POD;
  }

  @Override
  public Pod facts() {
    return new Pod(meta.facts(meta.labels()), spec, List.of(), false);
  }

  public Pod withMeta(Meta changed) {
    return new Pod(changed, spec, addresses, finished);
  }
}
