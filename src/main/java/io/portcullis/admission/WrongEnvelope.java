package io.portcullis.admission;

import io.portcullis.text.Plain;
import java.io.IOException;

/** Ends the reading of an envelope that is wrong. */
final class WrongEnvelope extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 300;

  private final String detail;

  WrongEnvelope(String detail) {
    super(detail);
    this.detail = Plain.cut(Plain.oneLine(detail), LONGEST);
  }

  /** What is wrong, one line. */
  String detail() {
    return detail;
  }
}
