package io.portcullis.admission;

import io.portcullis.judge.Judgement;
import java.util.List;

/**
 * What became of a review.
 *
 * @param counted what is counted beside rules that broke: {@code read}, {@code deadline}
 * @param audited whether it is written down
 */
public record Outcome(Judgement judgement, Answer answer, List<String> counted, boolean audited) {
  public Outcome {
    counted = List.copyOf(counted);
  }
}
