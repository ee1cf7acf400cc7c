package io.portcullis.finding;

/** A finding with what it does here and now. */
public record Judged(Finding finding, Mode mode) {}
