package io.portcullis.kube.read;

/** Leaves the reading of a document that cannot be read on. Never leaves this package. */
final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient YamlProblem problem;

  Refused(Position position, String message) {
    super(message, null, false, false);
    this.problem = new YamlProblem(position, message);
  }

  YamlProblem problem() {
    return problem;
  }
}
