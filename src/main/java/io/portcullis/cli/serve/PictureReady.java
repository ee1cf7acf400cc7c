package io.portcullis.cli.serve;

import io.portcullis.cluster.Picture;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready until everything that is watched was listed once. */
@Readiness
@Singleton
final class PictureReady implements HealthCheck {
  private final Picture picture;

  PictureReady(Picture picture) {
    this.picture = picture;
  }

  @Override
  public HealthCheckResponse call() {
    List<String> waiting = picture.waitingFor();
    return waiting.isEmpty()
        ? HealthCheckResponse.up("picture")
        : HealthCheckResponse.named("picture")
            .down()
            .withData("waitingFor", String.join(", ", waiting))
            .build();
  }
}
