package io.portcullis.admission;

/**
 * The body is no AdmissionReview.
 *
 * @param detail what is wrong with it and what is wanted, one sentence without control characters
 */
public record Malformed(String detail) implements Reading {}
