package io.portcullis.reach;

import java.util.List;

/**
 * A workload and its pods: those that there are, else those that its template will make.
 *
 * @param kind of the top controller, {@code Deployment}, or {@code Pod}
 * @param members at least one
 */
public record Party(String namespace, String kind, String name, List<Member> members) {
  /**
   * One pod of it, or all that a template will make.
   *
   * @param name of the pod; of the object that has the template
   * @param single whether it is one pod
   */
  public record Member(String name, Endpoint endpoint, boolean single) {}

  public Party {
    members = List.copyOf(members);
  }

  /** {@code shop/Deployment/web}. */
  public String id() {
    return id(name);
  }

  /** The id of one of its pods, where they are told apart: {@code shop/Deployment/web-5d4-x}. */
  String id(String member) {
    return namespace + "/" + kind + "/" + member;
  }
}
