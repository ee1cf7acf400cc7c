package io.portcullis.cli.serve;

import io.portcullis.cluster.Picture;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where settings come from: the file that was given, else the ConfigMap of the picture. */
@Singleton
final class SettingsWiring {
  private final Optional<SettingsFile> file;

  SettingsWiring(ServeConfig config) throws IOException {
    Optional<Path> given = config.settings();
    file = given.isPresent() ? Optional.of(new SettingsFile(given.get())) : Optional.empty();
  }

  @Produces
  @Singleton
  SettingsInForce settings(Picture picture) {
    SettingsMap map = new SettingsMap(picture);
    return file.isPresent()
        ? new SettingsInForce(file.get()::text)
        : new SettingsInForce(map::text);
  }

  /** Looks whether the file has changed. */
  void refresh() {
    file.ifPresent(SettingsFile::refresh);
  }
}
