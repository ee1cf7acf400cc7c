package io.portcullis.cli.map;

import io.portcullis.reach.MapPeer;
import io.portcullis.settings.Tiers;
import java.util.List;
import java.util.Optional;

/** The tiers of peers. */
public record TierNames(Tiers tiers) {
  /** The declared tier that all pods of the peer carry the label of. */
  Optional<String> of(MapPeer peer) {
    if (!tiers.declared() || !(peer instanceof MapPeer.Pods pods)) {
      return Optional.empty();
    }
    List<Optional<String>> carried =
        pods.members().stream()
            .map(member -> member.endpoint().labels().get(tiers.label()))
            .distinct()
            .toList();
    return carried.size() == 1
        ? carried.getFirst().filter(tiers.names()::contains)
        : Optional.empty();
  }
}
