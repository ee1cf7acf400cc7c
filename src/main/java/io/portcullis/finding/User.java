package io.portcullis.finding;

import java.util.List;

/** Who asks, as the API server authenticated them. */
public record User(String name, List<String> groups) {
  /** Nobody in particular: whoever reads files. */
  public static final User NOBODY = new User("", List.of());

  private static final String CONTROLLERS = "system:serviceaccount:kube-system:";

  public User {
    groups = List.copyOf(groups);
  }

  /** Whether this is one of the cluster's own controllers, as the controller-manager runs them. */
  public boolean isClusterController() {
    return name.equals("system:kube-controller-manager") || name.startsWith(CONTROLLERS);
  }

  /** Whether this is what deletes what is in a namespace that goes away. */
  public boolean isNamespaceController() {
    return name.equals(CONTROLLERS + "namespace-controller");
  }

  /** Whether this is what deletes objects whose owner is gone. */
  public boolean isGarbageCollector() {
    return name.equals(CONTROLLERS + "generic-garbage-collector");
  }

  /** Whether this is a kubelet. */
  public boolean isNode() {
    return groups.contains("system:nodes");
  }
}
