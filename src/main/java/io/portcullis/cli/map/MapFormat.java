package io.portcullis.cli.map;

import io.portcullis.reach.ReachMap;
import java.io.PrintWriter;

/** A way to write a map. */
public interface MapFormat {
  /** Writes the whole map; the writer stays the caller's. */
  void write(ReachMap map, PrintWriter out);
}
