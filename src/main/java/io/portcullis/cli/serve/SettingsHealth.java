package io.portcullis.cli.serve;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Which settings hold, and what is wrong with newer ones. Never a reason not to be ready: the last
 * good ones judge on, and a gate that steps aside would judge nothing.
 */
@Readiness
@Singleton
final class SettingsHealth implements HealthCheck {
  private final SettingsInForce settings;

  SettingsHealth(SettingsInForce settings) {
    this.settings = settings;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder health =
        HealthCheckResponse.named("settings").up().withData("version", settings.now().version());
    settings.problem().ifPresent(problem -> health.withData("problem", problem));
    return health.build();
  }
}
