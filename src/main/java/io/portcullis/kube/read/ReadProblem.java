package io.portcullis.kube.read;

import io.portcullis.kube.FieldPath;

/**
 * A field that could not be read.
 *
 * @param message what is wrong with it and what is wanted, one sentence
 */
public record ReadProblem(FieldPath path, String message) {
  @Override
  public String toString() {
    return path.segments().isEmpty() ? message : path + ": " + message;
  }
}
