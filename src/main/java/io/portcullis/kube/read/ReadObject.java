package io.portcullis.kube.read;

import io.portcullis.kube.KubeObject;
import java.util.List;
import java.util.Optional;

/**
 * What a reader found.
 *
 * @param apiVersion as written; empty where there is none
 * @param kind as written; empty where there is none
 * @param object empty where the kind is none that we read, or nothing of it could be read
 * @param problems fields that were passed over because they could not be read
 */
public record ReadObject(
    String apiVersion, String kind, Optional<KubeObject> object, List<ReadProblem> problems) {
  public ReadObject {
    problems = List.copyOf(problems);
  }
}
