package io.portcullis.cli.serve;

import io.portcullis.cluster.Picture;
import io.portcullis.kube.ConfigMap;
import java.util.Optional;

/** Settings in the ConfigMap, as the picture knows it. */
final class SettingsMap {
  private static final String NAMESPACE = "portcullis-system";
  private static final String NAME = "portcullis";
  private static final String KEY = "portcullis.yaml";

  private final Picture picture;

  SettingsMap(Picture picture) {
    this.picture = picture;
  }

  /** The text that the picture holds now; empty where there is no such ConfigMap. */
  Optional<SettingsText> text() {
    return picture.now().in(NAMESPACE).configMap(NAME).map(SettingsMap::text);
  }

  private static SettingsText text(ConfigMap map) {
    return new SettingsText(map.meta().resourceVersion(), map.text(KEY).orElse(""));
  }
}
