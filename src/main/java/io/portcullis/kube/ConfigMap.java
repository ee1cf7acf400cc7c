package io.portcullis.kube;

import io.portcullis.net.Labels;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A ConfigMap that matters by its name: our settings, CoreDNS's, flannel's, kubeadm's. */
public record ConfigMap(Meta meta, Map<String, String> data) implements KubeObject {
  public ConfigMap {
    data = Collections.unmodifiableMap(new TreeMap<>(data));
  }

  /** The text under a key. */
  public Optional<String> text(String key) {
    return Optional.ofNullable(data.get(key));
  }

  @Override
  public Kind kind() {
    return Kind.CONFIG_MAP;
  }

  @Override
  public ConfigMap facts() {
    return new ConfigMap(meta.facts(Labels.EMPTY), data);
  }
}
