package io.portcullis.cli.serve;

import io.portcullis.cluster.Picture;
import java.util.Optional;

/** Settings in the ConfigMap, as the picture knows it. */
final class SettingsMap {
  private final Picture picture;

  SettingsMap(Picture picture) {
    this.picture = picture;
  }

  /** The text that the picture holds now; empty where there is no such ConfigMap. */
  Optional<SettingsText> text() {
    return picture
        .now()
        .in(SettingsText.NAMESPACE)
        .configMap(SettingsText.NAME)
        .map(SettingsText::of);
  }
}
