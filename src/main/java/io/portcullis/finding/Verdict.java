package io.portcullis.finding;

import java.util.Locale;

/** The answer to a request, as audit records and metrics write it. */
public enum Verdict {
  ALLOW,
  /** Allowed, with at least one warning. */
  WARN,
  DENY,
  /** Allowed or refused without a judgement: the deadline passed, or a rule broke. */
  ERROR;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
