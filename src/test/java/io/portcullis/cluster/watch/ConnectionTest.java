package io.portcullis.cluster.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {
  private static final String TWO =
      """
      apiVersion: v1
      kind: Config
      current-context: staging
      contexts:
        - {name: staging, context: {cluster: staging, user: me}}
        - {name: production, context: {cluster: production, user: me}}
      clusters:
        - {name: staging, cluster: {server: "https://staging.example.com:6443"}}
        - {name: production, cluster: {server: "https://production.example.com:6443"}}
      users:
        - {name: me, user: {token: none}}
      """;

  @TempDir private Path folder;

  @Test
  void theCurrentContextIsTakenWhereNoneIsNamed() throws IOException {
    assertThat(Connection.find(Optional.empty(), file(TWO)).getMasterUrl())
        .startsWith("https://staging.example.com:6443");
  }

  @Test
  void theNamedContextIsTaken() throws IOException {
    assertThat(Connection.find(Optional.of("production"), file(TWO)).getMasterUrl())
        .startsWith("https://production.example.com:6443");
  }

  @Test
  void watchesDoNotShareOneConnection() throws IOException {
    assertThat(Connection.find(Optional.empty(), file(TWO)).getHttp2Disable()).isTrue();
  }

  @Test
  void anUnknownContextIsNotTheCurrentOne() throws IOException {
    Optional<Path> file = file(TWO);

    assertThatThrownBy(() -> Connection.find(Optional.of("prod"), file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file.orElseThrow() + " has no context \"prod\"; it has: production, staging");
  }

  @Test
  void withoutACurrentContextOneMustBeNamed() throws IOException {
    Optional<Path> file = file(TWO.replace("current-context: staging\n", ""));

    assertThatThrownBy(() -> Connection.find(Optional.empty(), file))
        .hasMessageContaining("choose one with --context; it has: production, staging");
    assertThat(Connection.find(Optional.of("staging"), file).getMasterUrl())
        .startsWith("https://staging.example.com:6443");
  }

  @Test
  void whatIsNoKubeconfigIsSaidSo() throws IOException {
    for (String text : new String[] {"", "a line of prose", "{", "kind: Config"}) {
      Optional<Path> file = file(text);

      assertThatThrownBy(() -> Connection.find(Optional.empty(), file))
          .as("\"%s\"", text)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(file.orElseThrow().toString());
    }
  }

  @Test
  void withoutAnyKubeconfigOnlyAPodHasACluster() {
    Config nothing = Config.empty();

    assertThatThrownBy(
            () -> Connection.check(nothing, Optional.empty(), Optional.empty(), Map.of()))
        .hasMessageStartingWith("there is no cluster");
    Connection.check(
        nothing,
        Optional.empty(),
        Optional.empty(),
        Map.of("KUBERNETES_SERVICE_HOST", "10.96.0.1"));
  }

  private Optional<Path> file(String text) throws IOException {
    return Optional.of(Files.writeString(folder.resolve("kubeconfig"), text));
  }
}
