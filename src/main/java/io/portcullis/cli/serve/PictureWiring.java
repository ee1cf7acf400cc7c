package io.portcullis.cli.serve;

import io.portcullis.cluster.Cluster;
import io.portcullis.cluster.Picture;
import io.portcullis.judge.Confirmation;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Where the picture of the cluster comes from, and who confirms a denial. */
@Singleton
final class PictureWiring {
  @Produces
  @Singleton
  Picture picture(ServeConfig config) {
    return config.cluster().map(ManifestPicture::read).orElse(Picture.fixed(Cluster.EMPTY));
  }

  @Produces
  @Singleton
  Confirmation confirmation() {
    return Confirmation.THE_PICTURE;
  }
}
