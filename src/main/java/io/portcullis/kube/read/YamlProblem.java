package io.portcullis.kube.read;

/**
 * Something that keeps a text from being read.
 *
 * @param message what is wrong and how to mend it, one sentence
 */
public record YamlProblem(Position position, String message) {
  /** {@code line 3, column 5: ...}, as people are told. */
  @Override
  public String toString() {
    return "line " + position.line() + ", column " + position.column() + ": " + message;
  }
}
