package io.portcullis.admission;

/** Why a review was answered without a judgement. */
public enum Undecided {
  DEADLINE("deadline", "this could not be judged in time."),
  OVERLOAD("overload", "there was no room to judge this: too much was asked at once."),
  INTERNAL("internal", "this could not be judged for an error of our own.");

  private final String rule;
  private final String message;

  Undecided(String rule, String message) {
    this.rule = rule;
    this.message = message;
  }

  /** The name under which it is told and counted, where a rule's would stand. */
  public String rule() {
    return rule;
  }

  String message() {
    return message;
  }
}
