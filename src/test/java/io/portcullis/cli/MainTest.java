package io.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.portcullis.cli.serve.ByteSize;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MainTest {
  @TempDir Path dir;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void withoutACommandItHelpsAndFails() {
    assertThat(run(Map.of())).isEqualTo(2);
    assertThat(out.toString()).startsWith("Usage: portcullis [-hV] [COMMAND]").contains("serve");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void theEnvironmentMayNameTheCommand() {
    assertThat(run(Map.of("PORTCULLIS_COMMAND", "certs"), "--dir", dir.toString())).isZero();
    assertThat(dir).isDirectoryContaining("glob:**tls.crt");
  }

  @Test
  void theVersionIsToldEverywhere() {
    assertThat(run(Map.of(), "--version")).isZero();
    assertThat(run(Map.of(), "certs", "--version")).isZero();
    assertThat(out.toString()).matches("(portcullis [0-9]+\\.[0-9]+\\.[0-9]+\\S*\n){2}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          serve --prot 8443         | portcullis serve: Unknown options: '--prot', '8443': did you mean --port? (see portcullis serve --help)
          serve --port many         | portcullis serve: Invalid value for option '--port': 'many' is not an int (see portcullis serve --help)
          serve --port 65536        | portcullis serve: --port: 65536 is no port: want 0-65535, 0 for any free one (see portcullis serve --help)
          serve --max-body 3MB      | portcullis serve: Invalid value for option '--max-body': "3MB" is no size: want bytes, or a number with KiB, MiB or GiB (see portcullis serve --help)
          serve --settings /no/file | portcullis serve: --settings: /no/file can't be read (see portcullis serve --help)
          serve --host a_b          | portcullis serve: --host: "a_b" is neither a DNS name nor an IP address (see portcullis serve --help)
          sevre                     | portcullis: Unmatched argument at index 0: 'sevre': did you mean serve? (see portcullis --help)
          sbom                      | portcullis: Unmatched argument at index 0: 'sbom' (see portcullis --help)
          check a --fail-on=denny   | portcullis check: Invalid value for option '--fail-on': "denny" is none of deny, warn, audit, off: did you mean deny? (see portcullis check --help)
          diff a b -o jsn           | portcullis diff: Invalid value for option '--output': "jsn" is none of text, json: did you mean json? (see portcullis diff --help)
          check a --setings=a       | portcullis check: Unknown option: '--setings=a': did you mean --settings? (see portcullis check --help)
          """)
  void whatIsNotUnderstoodIsOneLine(String command, String line) {
    assertThat(run(Map.of(), command.split(" "))).isEqualTo(2);
    assertThat(err.toString()).isEqualTo(line + "\n");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aCertificateIsNotReplacedUnasked() {
    assertThat(run(Map.of(), "certs", "--dir", dir.toString())).isZero();
    assertThat(run(Map.of(), "certs", "--dir", dir.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("has a certificate already: --force replaces it");
    assertThat(run(Map.of(), "certs", "--dir", dir.toString(), "--force")).isZero();
  }

  @Test
  void everyOptionIsAPropertyAndAVariableToo() {
    Properties shipped = new Properties();
    shipped.setProperty("portcullis.cert-dir", "shipped");
    Map<String, String> environment = Map.of("PORTCULLIS_CERT_DIR", "environment");
    assertThat(new Defaults(name -> "property", environment, shipped).find("cert-dir"))
        .contains("property");
    assertThat(new Defaults(name -> null, environment, shipped).find("cert-dir"))
        .contains("environment");
    assertThat(new Defaults(name -> null, Map.of(), shipped).find("cert-dir")).contains("shipped");
  }

  @Test
  void anEmptyVariableIsNone() {
    Map<String, String> environment = Map.of("PORTCULLIS_SETTINGS", "", "PORTCULLIS_COMMAND", "");
    assertThat(new Defaults(name -> "", environment, new Properties()).find("settings")).isEmpty();
    assertThat(run(environment)).isEqualTo(2);
    assertThat(out.toString()).startsWith("Usage: portcullis ");
  }

  @Test
  void aServiceLinkIsNoPort() {
    Map<String, String> pod = Map.of("PORTCULLIS_PORT", "tcp://10.96.7.1:443");
    assertThat(new Defaults(name -> null, pod, new Properties()).find("port"))
        .isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({"4096, 4096", "512KiB, 524288", "16MiB, 16777216", "1GiB, 1073741824"})
  void sizesAreReadByTheirUnit(String text, int bytes) {
    assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes));
  }

  private int run(Map<String, String> environment, String... args) {
    Defaults defaults = new Defaults(name -> null, environment, new Properties());
    CommandLine commands =
        Main.commandLine(defaults, args)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    return Main.run(commands, defaults, args);
  }
}
