package io.portcullis.cli.map;

import io.portcullis.reach.ReachDiff;
import java.io.PrintWriter;

/** A way to write the difference of two maps. */
public interface DiffFormat {
  /** Writes all of it; the writer stays the caller's. */
  void write(ReachDiff diff, PrintWriter out);
}
