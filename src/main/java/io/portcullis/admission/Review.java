package io.portcullis.admission;

import io.portcullis.finding.Change;
import io.portcullis.kube.read.ReadProblem;
import java.util.List;

/**
 * A request of the API server.
 *
 * @param problems what of the objects could not be read and is not judged
 */
public record Review(Change change, List<ReadProblem> problems) implements Reading {
  public Review {
    problems = List.copyOf(problems);
  }
}
