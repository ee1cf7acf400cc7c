package io.portcullis.cli.serve;

import io.portcullis.tls.Certificates;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Looks for a newer certificate now and then. */
@Singleton
final class CertificateWatch {
  private static final Logger LOG = Logger.getLogger("portcullis.tls");

  private final Certificates certificates;

  CertificateWatch(Certificates certificates) {
    this.certificates = certificates;
  }

  @Scheduled(every = "2s")
  void refresh() {
    certificates
        .refresh()
        .ifPresent(problem -> LOG.errorf("The certificate stays as it is: %s", problem));
  }
}
