package io.portcullis.edge;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** {@code serve} with everything that it can be told, so that one server serves all these tests. */
public final class EdgeProfile implements QuarkusTestProfile {
  private static final Path RESOURCES = Path.of("src", "test", "resources", "edge");

  /** The system property that names the folder where the server's files are. */
  static final String STATE = "portcullis.edge.state";

  @Override
  public Map<String, String> getConfigOverrides() {
    try {
      Path state = Files.createTempDirectory("portcullis-edge");
      Path settings = state.resolve("settings.yaml");
      Files.copy(RESOURCES.resolve("settings.yaml"), settings);
      System.setProperty(STATE, state.toString());
      return Map.of(
          "portcullis.command", "serve",
          "portcullis.cluster", RESOURCES.resolve("cluster").toString(),
          "portcullis.settings", settings.toString(),
          "portcullis.cert-dir", state.resolve("certs").toString(),
          "portcullis.max-body", "1MiB",
          "portcullis.audit-file", state.resolve("audit.log").toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
