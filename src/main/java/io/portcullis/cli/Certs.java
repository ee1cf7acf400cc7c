package io.portcullis.cli;

import io.portcullis.tls.CertificateFolder;
import io.portcullis.tls.Hosts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Certificates for those who keep them themselves. */
@Command(
    name = "certs",
    description = "Makes a CA and a serving certificate: tls.crt, tls.key and ca.crt.")
final class Certs implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Where to write them (default: here).")
  private Path dir = Path.of(".");

  @Option(
      names = "--host",
      paramLabel = "NAME",
      split = ",",
      description = "One more name or address that the certificate holds for.")
  private List<String> hosts = List.of();

  @Option(names = "--force", description = "Replace what is there.")
  private boolean force = false;

  @Override
  public Integer call() {
    CertificateFolder folder = new CertificateFolder(dir);
    if (!folder.isEmpty() && !force) {
      throw refused(dir + " has a certificate already: --force replaces it");
    }
    try {
      folder.make(Hosts.with(hosts), Clock.systemUTC().instant());
    } catch (IllegalArgumentException e) {
      throw refused("--host: " + e.getMessage());
    } catch (IOException e) {
      throw refused("can't write to " + dir + ": " + e.getMessage());
    }
    spec.commandLine().getOut().println("tls.crt, tls.key and ca.crt are in " + dir);
    return 0;
  }

  private ParameterException refused(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
