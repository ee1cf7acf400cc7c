package io.portcullis.cli.map;

import io.portcullis.reach.Explanation;
import java.io.PrintWriter;

/** A way to write an explanation. */
public interface ExplanationFormat {
  /** Writes all of it; the writer stays the caller's. */
  void write(Explanation explanation, PrintWriter out);
}
