package io.portcullis.finding;

import io.portcullis.kube.FieldPath;
import java.util.List;

/**
 * What a rule has to say about one field of one object.
 *
 * @param rule the rule's id
 * @param path the field that is wrong
 * @param message one sentence without the object and without a full stop's follower: what is wrong
 *     with the value and what the nearest right one is
 * @param fix how to mend it, an imperative clause; may be empty
 * @param patch the fix as JSON Patch where it is mechanical, else empty
 * @param related other objects that the message speaks of
 * @param subject what the finding is about, independent of its place in a list: two versions of an
 *     object have the same finding if rule and subject are equal
 * @param evidence what of other objects must be true for this to be a violation
 */
public record Finding(
    String rule,
    Severity severity,
    ObjectRef object,
    FieldPath path,
    String message,
    String fix,
    List<PatchOp> patch,
    List<ObjectRef> related,
    String subject,
    List<Evidence> evidence) {
  /** How sure the rule is. */
  public enum Severity {
    /** A mistake. The settings say what it does. */
    VIOLATION,
    /** May be right: never more than a warning. */
    SUSPICION
  }

  public Finding {
    patch = List.copyOf(patch);
    related = List.copyOf(related);
    evidence = List.copyOf(evidence);
  }

  public static Finding violation(String rule, ObjectRef object, FieldPath path, String message) {
    return bare(rule, Severity.VIOLATION, object, path, message);
  }

  public static Finding suspicion(String rule, ObjectRef object, FieldPath path, String message) {
    return bare(rule, Severity.SUSPICION, object, path, message);
  }

  private static Finding bare(
      String rule, Severity severity, ObjectRef object, FieldPath path, String message) {
    return new Finding(
        rule,
        severity,
        object,
        path,
        message,
        "",
        List.of(),
        List.of(),
        path + " " + message,
        List.of());
  }

  public Finding fix(String fix) {
    return new Finding(
        rule, severity, object, path, message, fix, patch, related, subject, evidence);
  }

  public Finding patch(List<PatchOp> patch) {
    return new Finding(
        rule, severity, object, path, message, fix, patch, related, subject, evidence);
  }

  public Finding related(List<ObjectRef> related) {
    return new Finding(
        rule, severity, object, path, message, fix, patch, related, subject, evidence);
  }

  /** Says what the finding is about wherever it stands: see {@link #subject}. */
  public Finding about(String subject) {
    return new Finding(
        rule, severity, object, path, message, fix, patch, related, subject, evidence);
  }

  public Finding restsOn(List<Evidence> evidence) {
    return new Finding(
        rule, severity, object, path, message, fix, patch, related, subject, evidence);
  }

  public boolean isViolation() {
    return severity == Severity.VIOLATION;
  }

  /** Whether it is the same thing that the other says, of this or another version. */
  public boolean sameAs(Finding other) {
    return rule.equals(other.rule) && subject.equals(other.subject);
  }

  /** {@code [rule] Kind ns/name, path: message Fix: fix}, as one line for people. */
  public String line() {
    String where = path.segments().isEmpty() ? "" : ", " + path;
    String mend = fix.isEmpty() ? "" : " Fix: " + fix;
    return "[" + rule + "] " + object + where + ": " + message + mend;
  }
}
