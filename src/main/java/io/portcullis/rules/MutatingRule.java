package io.portcullis.rules;

import io.portcullis.finding.PatchOp;
import java.util.List;

/** A rule that may also change a pod on its way in. */
public interface MutatingRule extends Rule {
  /**
   * The change that the rule makes of the object that is being created; empty where it leaves it
   * alone. Idempotent: asked again about the changed object, it leaves it alone.
   */
  List<PatchOp> mutate(Question question);
}
