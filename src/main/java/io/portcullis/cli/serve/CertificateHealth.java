package io.portcullis.cli.serve;

import io.portcullis.tls.Certificates;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready until there is a certificate that clients can trust. What is wrong after that is told,
 * and no reason to step aside: the last good one is shown.
 */
@Readiness
@Singleton
final class CertificateHealth implements HealthCheck {
  private final Certificates certificates;

  CertificateHealth(Certificates certificates) {
    this.certificates = certificates;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder health =
        HealthCheckResponse.named("certificate")
            .status(certificates.isReady())
            .withData("notAfter", certificates.key().identity().notAfter().toString());
    certificates.problem().ifPresent(problem -> health.withData("problem", problem));
    return health.build();
  }
}
