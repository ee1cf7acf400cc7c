package io.portcullis.cli;

import io.portcullis.cli.serve.SettingsText;
import io.portcullis.cluster.manifests.Manifests;
import io.portcullis.settings.Settings;
import io.portcullis.settings.SettingsReader.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The settings that hold for manifests. */
final class SettingsOption {
  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description =
          "The settings that hold; else those of the ConfigMap portcullis-system/portcullis where"
              + " a PATH or the cluster has it, else the defaults.")
  private Optional<Path> file = Optional.empty();

  /** What is wrong with the file, a line each; empty if nothing. */
  List<String> problems() {
    return file.map(SettingsText::problems).orElse(List.of());
  }

  /** What would hold in the cluster: the settings in its ConfigMap if it has one, the defaults. */
  Settings amid(Manifests manifests, Background background) {
    return file.map(some -> Stream.of(text(some)))
        .orElseGet(() ->
            Stream.concat(manifests.objects().stream(), background.objects().stream())
                .flatMap(object -> SettingsText.in(object).stream()))
        .map(SettingsText::result)
        .filter(Result.Valid.class::isInstance)
        .map(result -> ((Result.Valid) result).settings())
        .findFirst()
        .orElse(Settings.DEFAULT);
  }

  private static SettingsText text(Path file) {
    try {
      return SettingsText.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
