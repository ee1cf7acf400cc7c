package io.portcullis.reach;

import io.portcullis.net.AddressRange;
import java.util.List;
import java.util.stream.Collectors;

/** One end of a connection in a {@link ReachMap}. */
public sealed interface MapPeer {
  /** As people and programs name it; unique in its map. */
  String id();

  /**
   * A workload, or one of its pods where policy tells them apart.
   *
   * @param name of the workload or the pod
   * @param members of the workload, or the one pod
   */
  record Pods(Party party, String name, List<Party.Member> members) implements MapPeer {
    public Pods {
      members = List.copyOf(members);
    }

    @Override
    public String id() {
      return party.id(name);
    }
  }

  /** Addresses that no listed pod has. */
  record Ranges(List<AddressRange> ranges) implements MapPeer {
    public Ranges {
      ranges = List.copyOf(ranges);
    }

    @Override
    public String id() {
      return ranges.stream().map(AddressRange::toString).collect(Collectors.joining(","));
    }
  }

  /** The controllers behind Ingresses and routes whose own pods are not in the picture. */
  record IngressController() implements MapPeer {
    /** Its id. */
    public static final String ID = "ingress-controller";

    @Override
    public String id() {
      return ID;
    }
  }
}
