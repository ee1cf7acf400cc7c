package io.portcullis.cli.serve;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What {@code serve} was told; its options under the same names. */
@ConfigMapping(prefix = "portcullis")
public interface ServeConfig {
  /** The command that is run where the command line names none. */
  Optional<String> command();

  Optional<Path> cluster();

  Optional<String> context();

  Optional<Path> kubeconfig();

  @WithDefault("8443")
  int port();

  @WithDefault("9000")
  int managementPort();

  Optional<Path> certDir();

  Optional<Path> caOut();

  Optional<List<String>> host();

  @WithDefault("3650d")
  String caLife();

  @WithDefault("365d")
  String leafLife();

  @WithDefault("24h")
  String overlap();

  Optional<Path> settings();

  @WithDefault("16MiB")
  String maxBody();

  /** After so long without a word, bookmarks included, a watch is opened anew. */
  @WithDefault("3m")
  String watchSilence();

  Optional<Path> auditFile();

  @WithDefault("100MiB")
  String auditFileSize();

  @WithDefault("5")
  int auditFileCount();
}
