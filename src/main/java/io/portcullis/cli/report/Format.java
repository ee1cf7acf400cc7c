package io.portcullis.cli.report;

/** A way to write a report. */
public interface Format {
  /** The whole text, with the line break at its end; empty where there is nothing to say. */
  String write(Report report);
}
