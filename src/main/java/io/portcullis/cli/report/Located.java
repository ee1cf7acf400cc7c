package io.portcullis.cli.report;

import io.portcullis.finding.Finding;
import io.portcullis.finding.Judged;
import io.portcullis.finding.Mode;
import io.portcullis.kube.read.Position;

/** A finding with what it does and where its field is written. */
public record Located(Judged judged, String file, Position position) {
  public Finding finding() {
    return judged.finding();
  }

  public Mode mode() {
    return judged.mode();
  }

  /** {@code message Fix: fix}. */
  String words() {
    return finding().fix().isEmpty()
        ? finding().message()
        : finding().message() + " Fix: " + finding().fix();
  }
}
