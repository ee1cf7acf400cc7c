package io.portcullis.cli;

/** The formats of {@code diff} and {@code explain}. */
enum AnswerOutput {
  TEXT,
  JSON
}
