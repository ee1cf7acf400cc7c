package io.portcullis.cli.serve;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.portcullis.cluster.Picture;
import io.portcullis.cluster.watch.Connection;
import io.portcullis.cluster.watch.LivePicture;
import io.portcullis.cluster.watch.LiveReader;
import io.portcullis.cluster.watch.Pace;
import io.portcullis.cluster.watch.RateCap;
import io.portcullis.judge.Confirmation;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Where the picture of the cluster comes from, and who confirms a denial. */
@Singleton
final class PictureWiring {
  /**
   * Live reads a second in the long run, and at once. A denial takes up to a dozen; one that can't
   * be confirmed is a warning only, so this is far above what people do, and far below what an API
   * server bears.
   */
  private static final int READS_A_SECOND = 200;

  private static final int READS_AT_ONCE = 1_000;

  /** The cluster's client; asked for only where the picture does not come from files. */
  @Produces
  @Singleton
  KubernetesClient client(ServeConfig config) {
    return Connection.open(config.context(), config.kubeconfig());
  }

  void disconnect(@Disposes KubernetesClient client) {
    client.close();
  }

  @Produces
  @Singleton
  Picture picture(ServeConfig config, Instance<KubernetesClient> client) {
    if (config.cluster().isPresent()) {
      return ManifestPicture.read(config.cluster().get());
    }
    Pace pace = Pace.CALM.silentFor(Life.parse(config.watchSilence()).time());
    LivePicture picture = new LivePicture(client.get(), pace);
    picture.start();
    return picture;
  }

  /** Before the connections go, else each watch would say that it lost its own. */
  void stop(@Observes ShutdownEvent stopping, Picture picture) {
    if (picture instanceof LivePicture live) {
      live.close();
    }
  }

  @Produces
  @Singleton
  Confirmation confirmation(ServeConfig config, Instance<KubernetesClient> client) {
    if (config.cluster().isPresent()) {
      return Confirmation.THE_PICTURE;
    }
    RateCap cap = new RateCap(READS_A_SECOND, READS_AT_ONCE, System::nanoTime);
    return new LiveConfirmation(new LiveReader(client.get(), cap));
  }
}
