package io.portcullis.cluster.manifests;

import io.portcullis.kube.FieldPath;
import io.portcullis.kube.KubeObject;
import io.portcullis.kube.read.Node;
import io.portcullis.kube.read.Position;

/**
 * An object and the place where it is written.
 *
 * @param file as it was reached from the PATH, {@code -} for the standard input
 * @param node the object as written, with the namespace that it is in
 * @param accepted whether the API server would take it; what it refuses is in the picture, so that
 *     nothing else misses it, but is not judged
 */
public record Manifest(KubeObject object, String file, Node node, boolean accepted) {
  /** Where a field is written; the nearest field around it where it is not. */
  public Position positionOf(FieldPath path) {
    return node.positionOf(path);
  }

  /** {@code web.yaml:1:1}. */
  public String place() {
    return file + ":" + node.position();
  }
}
