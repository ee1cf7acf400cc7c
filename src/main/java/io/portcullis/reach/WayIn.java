package io.portcullis.reach;

import io.portcullis.net.PortSet;
import java.util.List;

/**
 * What a Service leads from outside the cluster to a peer, as far as policy lets it through.
 *
 * @param from {@link #WORLD}, or the clients' addresses as the id of such a peer
 * @param to the id of the peer
 * @param ports of the pods
 * @param service {@code shop/Service/web}
 * @param through by what the Service is open: {@code LoadBalancer}, {@code NodePort}, {@code
 *     externalIPs}
 */
public record WayIn(String from, String to, PortSet ports, String service, List<String> through) {
  /** All addresses outside. */
  public static final String WORLD = "world";

  public WayIn {
    through = List.copyOf(through);
  }
}
