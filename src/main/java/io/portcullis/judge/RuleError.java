package io.portcullis.judge;

/** A rule that broke while judging; the others judged on. */
public record RuleError(String rule, String message) {}
