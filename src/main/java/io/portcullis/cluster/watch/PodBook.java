package io.portcullis.cluster.watch;

import io.portcullis.cluster.Delta;
import io.portcullis.cluster.PodGroup;
import io.portcullis.cluster.watch.News.Name;
import io.portcullis.kube.Pod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which group each pod is in: the picture counts pods, but what goes has only a name. Used by one
 * thread. Equal groups are one object; a pod costs its name and its place in a map.
 */
final class PodBook {
  private final Map<String, Map<String, PodGroup>> byNamespace = new HashMap<>();
  private final Map<PodGroup, Shared> shared = new HashMap<>();

  /** A group and how many pods are in it. */
  private static final class Shared {
    private final PodGroup group;
    private int pods;

    Shared(PodGroup group) {
      this.group = group;
    }
  }

  /** Writes a pod down as it is now. */
  Delta put(Pod pod) {
    if (pod.finished()) {
      return remove(Name.of(pod));
    }
    PodGroup group = share(PodGroup.of(pod));
    Optional<PodGroup> before =
        Optional.ofNullable(
            byNamespace
                .computeIfAbsent(group.namespace(), _ -> new HashMap<>())
                .put(pod.name(), group));
    before.ifPresent(this::unshare);
    return new Delta.MovePod(before, Optional.of(group));
  }

  /** Strikes a pod out. */
  Delta remove(Name name) {
    Map<String, PodGroup> pods = byNamespace.get(name.namespace());
    Optional<PodGroup> before =
        pods == null ? Optional.empty() : Optional.ofNullable(pods.remove(name.name()));
    if (before.isEmpty()) {
      return new Delta.Nothing();
    }
    if (pods != null && pods.isEmpty()) {
      byNamespace.remove(name.namespace());
    }
    unshare(before.get());
    return new Delta.MovePod(before, Optional.empty());
  }

  /** The pods that are written down and not among these. */
  List<Name> without(Set<Name> names) {
    List<Name> others = new ArrayList<>();
    byNamespace.forEach((namespace, pods) -> {
      for (String pod : pods.keySet()) {
        Name name = new Name(namespace, pod);
        if (!names.contains(name)) {
          others.add(name);
        }
      }
    });
    return others;
  }

  private PodGroup share(PodGroup group) {
    Shared one = shared.computeIfAbsent(group, Shared::new);
    one.pods++;
    return one.group;
  }

  private void unshare(PodGroup group) {
    Shared one = shared.get(group);
    if (one != null && --one.pods == 0) {
      shared.remove(group);
    }
  }
}
