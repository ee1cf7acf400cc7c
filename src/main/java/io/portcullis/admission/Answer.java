package io.portcullis.admission;

import io.portcullis.finding.PatchOp;
import io.portcullis.finding.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is sent back to the API server.
 *
 * @param uid the request's
 * @param refusal empty where the change is allowed
 * @param warnings what kubectl prints, each a line
 * @param auditAnnotations what the API server writes into its own audit log
 * @param patch what is changed of the object; empty: nothing
 */
public record Answer(
    String uid,
    Optional<Refusal> refusal,
    List<String> warnings,
    Map<String, String> auditAnnotations,
    List<PatchOp> patch) {
  /**
   * Why a change is refused.
   *
   * @param message for people, of a few lines
   * @param target the object that it is about
   * @param causes every violation, for tools
   */
  public record Refusal(String message, Target target, List<Cause> causes) {
    public Refusal {
      causes = List.copyOf(causes);
    }
  }

  /**
   * One violation. Source: meta/v1 StatusCause.
   *
   * @param reason the rule's id
   * @param field the field's path; may be empty
   */
  public record Cause(String reason, String field, String message) {}

  public Answer {
    warnings = List.copyOf(warnings);
    auditAnnotations = java.util.Collections.unmodifiableMap(new TreeMap<>(auditAnnotations));
    patch = List.copyOf(patch);
  }
}
