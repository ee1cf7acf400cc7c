package io.portcullis.judge;

import io.portcullis.finding.PatchOp;
import java.util.List;

/** What is changed of an object on its way in; nothing, for most. */
public record Mutation(List<PatchOp> patch, List<RuleError> errors) {
  public static final Mutation NONE = new Mutation(List.of(), List.of());

  public Mutation {
    patch = List.copyOf(patch);
    errors = List.copyOf(errors);
  }
}
