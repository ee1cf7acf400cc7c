package io.portcullis.realapi;

/** Who asks, by the name of a context in the administrator's kubeconfig. */
final class Account {
  static final String ADMINISTRATOR = "portcullis-local";

  private Account() {}

  /**
   * Makes an account that may read some resources of one namespace, with a context that is named
   * after the namespace.
   *
   * @param resources as kubectl takes them, with commas between
   */
  static void reader(Plane plane, String namespace, String resources) {
    plane.must("-n", namespace, "create", "serviceaccount", "dev");
    plane.must(
        "-n", namespace, "create", "role", "dev", "--verb=get,list", "--resource=" + resources);
    plane.must(
        "-n",
        namespace,
        "create",
        "rolebinding",
        "dev",
        "--role=dev",
        "--serviceaccount=" + namespace + ":dev");
    String token = plane.must("-n", namespace, "create", "token", "dev").strip();
    plane.must("config", "set-credentials", namespace, "--token=" + token);
    plane.must(
        "config",
        "set-context",
        namespace,
        "--cluster=" + ADMINISTRATOR,
        "--user=" + namespace,
        "--namespace=" + namespace);
  }
}
